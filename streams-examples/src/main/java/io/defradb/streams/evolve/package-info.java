/**
 * An example: rows of one shape, out of a topic whose documents change theirs. Records written
 * before, between and after patches of the collection become rows that one reader understands.
 */
@NullMarked
package io.defradb.streams.evolve;

import org.jspecify.annotations.NullMarked;
