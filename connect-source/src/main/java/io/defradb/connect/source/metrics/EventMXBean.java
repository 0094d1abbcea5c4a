package io.defradb.connect.source.metrics;

/** What snapshot and stream both show. */
public interface EventMXBean {
  String getLastEvent();

  long getMilliSecondsSinceLastEvent();

  long getTotalNumberOfEventsSeen();

  long getTotalNumberOfCreateEventsSeen();

  long getTotalNumberOfUpdateEventsSeen();

  long getTotalNumberOfDeleteEventsSeen();

  long getNumberOfEventsFiltered();

  long getNumberOfErroneousEvents();

  int getQueueTotalCapacity();

  int getQueueRemainingCapacity();

  long getMaxQueueSizeInBytes();

  long getCurrentQueueSizeInBytes();

  /** Names of the collections that the task reads. */
  String[] getCapturedTables();
}
