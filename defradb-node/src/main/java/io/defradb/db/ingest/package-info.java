/**
 * Records of a partition of an external source, applied once: batches, positions, documents named
 * by business keys and their generations (design, section 5; {@code docs/formats/ingest.md}). Its
 * door is {@link io.defradb.db.ingest.Ingest}; it must not know HTTP or Kafka.
 */
@NullMarked
package io.defradb.db.ingest;

import org.jspecify.annotations.NullMarked;
