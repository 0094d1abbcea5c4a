package io.defradb.connect.source.metrics;

import java.util.Map;

/** {@code context=streaming}. */
public interface StreamingMXBean extends EventMXBean {
  boolean isConnected();

  long getNumberOfDisconnects();

  /** Between the last event's time at the node and its time here; -1: none yet. */
  long getMilliSecondsBehindSource();

  /** Numbers of the node's log that were not read yet, as of the last answer. */
  long getSeqBehindSource();

  long getNumberOfCommittedTransactions();

  String getLastTransactionId();

  /** Feed and {@code seq} by collection and shard. */
  Map<String, String> getSourceEventPosition();

  /** Values that merges have lost and that were told. */
  long getNumberOfConflicts();
}
