package io.defradb.connect.source.settings;

import io.defradb.connect.source.settings.SourceSettings.SnapshotMode;

/**
 * Where a lane without an offset begins. Immutable.
 *
 * @param since in mode {@code SINCE}, the last number of the log that is not read; else negative
 * @param included collections whose existing documents are read
 */
public record SnapshotStart(SnapshotMode mode, long since, CollectionChoice included) {

  /** True when the documents that are there already are no events. */
  public boolean isWithoutData(String collection) {
    return mode == SnapshotMode.NO_DATA || !included.has(collection);
  }
}
