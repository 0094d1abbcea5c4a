/**
 * The commands below {@code defradb client}: each is one or two HTTP calls to a node. A class a
 * noun. They know the node's HTTP API, and nothing of the node.
 */
@NullMarked
package io.defradb.cli.client;

import org.jspecify.annotations.NullMarked;
