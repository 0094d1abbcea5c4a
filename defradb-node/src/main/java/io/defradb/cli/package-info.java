/**
 * The command line: {@link io.defradb.cli.Main}, with a class a noun below. It talks to nodes
 * through the client module; only {@code cli.start} sees the node room. Only this room prints.
 */
@NullMarked
package io.defradb.cli;

import org.jspecify.annotations.NullMarked;
