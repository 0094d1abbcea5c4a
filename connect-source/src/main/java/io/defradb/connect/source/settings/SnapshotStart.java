package io.defradb.connect.source.settings;

import io.defradb.connect.source.settings.SourceSettings.SnapshotMode;
import java.time.Duration;

/**
 * Where a lane without an offset begins. Immutable.
 *
 * @param since in mode {@code SINCE}, the last number of the log that is not read; else negative
 * @param included collections whose existing documents are read
 * @param delay from the task's start to its snapshot; zero: none
 * @param threads lanes that one task reads side by side, at most
 */
public record SnapshotStart(
    SnapshotMode mode, long since, CollectionChoice included, Duration delay, int threads) {

  /** True when the documents that are there already are no events. */
  public boolean isWithoutData(String collection) {
    return mode == SnapshotMode.NO_DATA || !included.has(collection);
  }
}
