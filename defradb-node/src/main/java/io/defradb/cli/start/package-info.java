/**
 * {@code defradb start}: settings become a node's configuration, and the node runs until a signal.
 * The only part of the command line that sees the node room.
 */
@NullMarked
package io.defradb.cli.start;

import org.jspecify.annotations.NullMarked;
