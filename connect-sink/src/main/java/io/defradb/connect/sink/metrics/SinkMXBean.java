package io.defradb.connect.sink.metrics;

import java.util.Map;

/** One task of the sink, over JMX. Numbers count from the task's start. */
public interface SinkMXBean {
  /** Records that Connect has delivered and the task has taken. */
  long getTotalNumberOfRecordsTaken();

  /** Records that the node has applied. */
  long getTotalNumberOfRecordsStored();

  /** Records that the node had already: replays that changed nothing. */
  long getTotalNumberOfDuplicates();

  /** Records handed to the dead letter queue. */
  long getTotalNumberOfDeadLetters();

  long getTotalNumberOfBatches();

  /** Batches sent again, because the node was away, busy, full or in conflict. */
  long getTotalNumberOfRetries();

  /** Batches that the node refused because of a record; they are sent again in parts. */
  long getTotalNumberOfRefusedBatches();

  /** Spent in the task's own hands; what the node takes for batches is elsewhere. */
  long getTotalInTaskPutMilliSeconds();

  /** Spent between deliveries: what Connect, converters and transforms take, and idleness. */
  long getTotalInConnectFrameworkMilliSeconds();

  /** Over the last minute. */
  double getRecordsStoredPerSecond();

  /** How long the node took for the last batch. */
  long getLastBatchMilliSeconds();

  double getMeanBatchMilliSeconds();

  long getMaxBatchMilliSeconds();

  /** The age of the newest record of the last batch when it was stored; -1 before the first. */
  long getMilliSecondsBehindTopic();

  /** Records that were taken and are not stored yet. */
  long getPositionLag();

  /** By partition, the greatest offset that is stored. */
  Map<String, Long> getPositions();

  /** True while the node answers. */
  boolean isConnected();

  /** True while delivery is paused: enough waits, or the node is away. */
  boolean isPaused();
}
