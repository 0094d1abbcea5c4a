package io.defradb.connect.source.metrics;

/** The attributes that all beans have. */
abstract class BeanBase implements EventMXBean {
  final EventMetrics events;
  private final QueueMetrics queue;
  private final String[] collections;

  BeanBase(EventMetrics events, QueueMetrics queue, String[] collections) {
    this.events = events;
    this.queue = queue;
    this.collections = collections.clone();
  }

  @Override
  public String getLastEvent() {
    return events.last();
  }

  @Override
  public long getMilliSecondsSinceLastEvent() {
    return events.millisSinceLast();
  }

  @Override
  public long getTotalNumberOfEventsSeen() {
    return events.all();
  }

  @Override
  public long getTotalNumberOfCreateEventsSeen() {
    return events.count("c");
  }

  @Override
  public long getTotalNumberOfUpdateEventsSeen() {
    return events.count("u");
  }

  @Override
  public long getTotalNumberOfDeleteEventsSeen() {
    return events.count("d");
  }

  @Override
  public long getNumberOfEventsFiltered() {
    return events.filtered();
  }

  @Override
  public long getNumberOfErroneousEvents() {
    return events.erroneous();
  }

  @Override
  public int getQueueTotalCapacity() {
    return queue.capacity();
  }

  @Override
  public int getQueueRemainingCapacity() {
    return queue.remaining();
  }

  @Override
  public long getMaxQueueSizeInBytes() {
    return queue.bytesMax();
  }

  @Override
  public long getCurrentQueueSizeInBytes() {
    return queue.bytes();
  }

  @Override
  public String[] getCapturedTables() {
    return collections.clone();
  }
}
