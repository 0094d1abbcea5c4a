/**
 * An example: totals of counters over a fleet. Documents with counters come in, a row of sums a
 * group comes out, exact through kills and repeated deliveries.
 */
@NullMarked
package io.defradb.streams.fleet;

import org.jspecify.annotations.NullMarked;
