/**
 * What will be done for a request: plan nodes, expressions and outputs as immutable records, and
 * the planner that makes them of a {@code request.Request}. A plan may be kept and run many times,
 * by many threads; it is valid for one generation of the catalog. Pure: it runs nothing and reads
 * no document.
 */
@NullMarked
package io.defradb.query.plan;

import org.jspecify.annotations.NullMarked;
