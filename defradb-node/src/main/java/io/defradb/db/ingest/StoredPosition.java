package io.defradb.db.ingest;

import java.time.Instant;

/** How far a source partition has been applied here: everything up to {@code offset}. */
public record StoredPosition(SourcePartition partition, long offset, Instant time) {}
