/**
 * A typed client of a node's HTTP API on the JDK's HTTP client. Command line, connectors and tests
 * speak to a node only through this room. It must not know the node's code; what it sends and reads
 * is written in the format documents.
 */
@NullMarked
package io.defradb.client;

import org.jspecify.annotations.NullMarked;
