/**
 * What one block does to a document: its record, the heads of its chains, index entries, the log.
 * The same step for what is written here, merged from a peer or replayed for a read of the past. It
 * must not know where a block came from.
 */
@NullMarked
package io.defradb.db.apply;

import org.jspecify.annotations.NullMarked;
