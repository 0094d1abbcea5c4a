/**
 * Records of the source connector's {@code output.format=commit} as a Streams application reads
 * them: JSON, with or without schemas, blocks in base64. It must not know the connector's code.
 */
@NullMarked
package io.defradb.streams.commits;

import org.jspecify.annotations.NullMarked;
