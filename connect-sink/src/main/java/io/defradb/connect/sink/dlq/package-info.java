/**
 * What happens to a record that cannot be written: reported with the node's answer, or the task
 * fails.
 */
@NullMarked
package io.defradb.connect.sink.dlq;

import org.jspecify.annotations.NullMarked;
