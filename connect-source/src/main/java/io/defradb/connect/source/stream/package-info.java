/** Reads the feed ahead of the task, in whole transactions, bounded. */
@NullMarked
package io.defradb.connect.source.stream;

import org.jspecify.annotations.NullMarked;
