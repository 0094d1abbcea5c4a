/** The command line of the examples: a subcommand each. */
@NullMarked
package io.defradb.streams;

import org.jspecify.annotations.NullMarked;
