/**
 * Batches of operations on their way to a node: in order per partition, tried again, never blocking
 * the caller.
 */
@NullMarked
package io.defradb.connect.sink.write;

import org.jspecify.annotations.NullMarked;
