/**
 * An ordered key-value store behind one small port: snapshots, cursors, atomic batches. It knows
 * bytes and columns, not what they mean.
 */
@NullMarked
package io.defradb.storage;

import org.jspecify.annotations.NullMarked;
