package io.defradb.db.ingest;

import java.time.Instant;

/**
 * How far a source partition has been applied here: everything up to {@code offset}.
 *
 * @param digest of the record at {@code offset}, in a form that only the sender knows; empty: none
 */
public record StoredPosition(SourcePartition partition, long offset, String digest, Instant time) {}
