/** A change of a document becomes deltas, blocks, state, heads, index and log entries. */
@NullMarked
package io.defradb.db.write;

import org.jspecify.annotations.NullMarked;
