/**
 * Aggregates: a class a function, and their register. Its door: {@link
 * io.defradb.query.aggregate.AggregateFunctions}. It knows values, and nothing of where they come
 * from. Pure.
 */
@NullMarked
package io.defradb.query.aggregate;

import org.jspecify.annotations.NullMarked;
