/** Merging: the reference's vectors, rules of the log, a simulation of several databases. */
@NullMarked
package io.defradb.db.merge;

import org.jspecify.annotations.NullMarked;
