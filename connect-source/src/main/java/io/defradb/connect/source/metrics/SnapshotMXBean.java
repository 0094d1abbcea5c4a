package io.defradb.connect.source.metrics;

import java.util.Map;

/** {@code context=snapshot}: of the first one, and of incremental ones. */
public interface SnapshotMXBean extends EventMXBean {
  int getTotalTableCount();

  int getRemainingTableCount();

  boolean isSnapshotRunning();

  boolean isSnapshotPaused();

  boolean isSnapshotAborted();

  boolean isSnapshotCompleted();

  boolean isSnapshotSkipped();

  long getSnapshotDurationInSeconds();

  /** Of all incremental snapshots of the task, the present pause included. */
  long getSnapshotPausedDurationInSeconds();

  /** Documents by collection. */
  Map<String, Long> getRowsScanned();

  /** Of an incremental snapshot: the document after which the last chunk began; empty: none. */
  String getChunkFrom();

  /** Of an incremental snapshot: the last document that was read; empty: none. */
  String getChunkTo();
}
