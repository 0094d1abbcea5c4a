/**
 * What a filter means: a class an operator, and their register. Its door: {@link
 * io.defradb.query.filter.FilterOperators} and {@link io.defradb.query.filter.FieldTests}. It knows
 * values and kinds, and nothing of documents, rows or plans. Pure.
 */
@NullMarked
package io.defradb.query.filter;

import org.jspecify.annotations.NullMarked;
