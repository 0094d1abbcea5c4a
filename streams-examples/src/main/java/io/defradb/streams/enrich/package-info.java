/**
 * An example: documents completed from a topic of another system, and written back through the sink
 * connector. What the other system changes later reaches the documents, too.
 */
@NullMarked
package io.defradb.streams.enrich;

import org.jspecify.annotations.NullMarked;
