package io.defradb.connect.source.notification;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens over the channels that are set. For the task's thread; close it.
 *
 * <p>Records for the topic wait until the task has a position that they can carry, which they never
 * move. Of more than a thousand that wait the oldest are forgotten.
 */
public final class Notifications implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final int WAITING_MAX = 1000;
  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("io.defradb.connector.NotificationKey")
          .version(1)
          .field("id", Schema.STRING_SCHEMA)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.NotificationValue")
          .version(1)
          .field("id", Schema.STRING_SCHEMA)
          .field("aggregate_type", Schema.STRING_SCHEMA)
          .field("type", Schema.STRING_SCHEMA)
          .field(
              "additional_data",
              SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
          .field("timestamp", Schema.INT64_SCHEMA)
          .build();

  private final NotificationSettings settings;
  private final String connector;
  private final Clock clock;
  private final Deque<Notification> waiting = new ArrayDeque<>();
  private final @Nullable JmxNotifications jmx;

  /**
   * @param connector the logical name that every notification carries
   * @param bean what the MBean is called, should there be one
   */
  public Notifications(
      NotificationSettings settings, String connector, Clock clock, ObjectName bean) {
    this.settings = settings;
    this.connector = connector;
    this.clock = clock;
    this.jmx = settings.channels().contains("jmx") ? new JmxNotifications(bean) : null;
  }

  /** {@code data}: pairs of name and value. */
  public void tell(String id, String aggregateType, String type, Map<String, String> data) {
    if (settings.channels().isEmpty()) {
      return;
    }
    Map<String, String> all = new java.util.TreeMap<>(data);
    all.put("connector_name", connector);
    var notification = new Notification(id, aggregateType, type, all, clock.millis());
    if (settings.channels().contains("log")) {
      LOG.info("{} {}: {} {}", aggregateType, type, id, all);
    }
    if (jmx != null) {
      jmx.tell(notification);
    }
    if (settings.channels().contains("sink")) {
      if (waiting.size() == WAITING_MAX) {
        waiting.remove();
      }
      waiting.add(notification);
    }
  }

  public boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** What waits, as records of a position that has been reached. */
  public List<SourceRecord> drain(Map<String, ?> partition, Map<String, ?> offset) {
    List<SourceRecord> records = new ArrayList<>();
    for (Notification next = waiting.poll(); next != null; next = waiting.poll()) {
      records.add(
          new SourceRecord(
              partition,
              offset,
              settings.topic(),
              null,
              KEY,
              new Struct(KEY).put("id", next.id()),
              VALUE,
              new Struct(VALUE)
                  .put("id", next.id())
                  .put("aggregate_type", next.aggregateType())
                  .put("type", next.type())
                  .put("additional_data", next.data())
                  .put("timestamp", next.timestamp()),
              next.timestamp()));
    }
    return records;
  }

  @Override
  public void close() {
    if (jmx != null) {
      jmx.close();
    }
  }
}
