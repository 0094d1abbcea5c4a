/**
 * The source connector's documented record format, as a Streams application reads it: JSON keys and
 * envelopes without schemas. It must not know the connector's code.
 */
@NullMarked
package io.defradb.streams.events;

import org.jspecify.annotations.NullMarked;
