/**
 * Running operators: rows pulled one at a time with {@code next()} out of the documents and commits
 * of one transaction. Its door: {@link io.defradb.query.operator.Run}. Closing an operator closes
 * every cursor below it; what sorts, groups or joins is bounded by {@link
 * io.defradb.query.operator.QueryLimits}.
 */
@NullMarked
package io.defradb.query.operator;

import org.jspecify.annotations.NullMarked;
