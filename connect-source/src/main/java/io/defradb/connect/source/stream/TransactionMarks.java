package io.defradb.connect.source.stream;

import io.defradb.client.Change;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.record.DocumentChange;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells on a topic of its own where each transaction of the node begins and ends, in the shape of
 * Debezium's. Marks carry the offset that is reached without them, so that they never move it. For
 * one thread.
 */
final class TransactionMarks {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("io.defradb.connector.TransactionKey")
          .version(1)
          .field("id", Schema.STRING_SCHEMA)
          .build();
  private static final Schema COUNT =
      SchemaBuilder.struct()
          .name("event.collection")
          .version(1)
          .field("data_collection", Schema.STRING_SCHEMA)
          .field("event_count", Schema.INT64_SCHEMA)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.TransactionValue")
          .version(1)
          .field("status", Schema.STRING_SCHEMA)
          .field("id", Schema.STRING_SCHEMA)
          .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
          .field("data_collections", SchemaBuilder.array(COUNT).optional().build())
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();

  private final String topic;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private @Nullable String id;
  private long millis;

  TransactionMarks(SourceSettings settings) {
    this.topic = settings.areTransactionsTold() ? settings.topics().transactionTopic() : "";
  }

  /** {@code reached}: the lane's offset before the event. */
  void beforeEvent(
      Lane lane,
      String feedId,
      DocumentChange change,
      LaneOffset reached,
      List<SourceRecord> records) {
    if (topic.isEmpty()) {
      return;
    }
    Change<?> entry = change.last();
    if (id == null) {
      id = feedId + ":" + entry.place().id();
      Instant time = entry.time();
      millis = time == null ? 0 : time.toEpochMilli();
      records.add(record(lane.toPartition(), reached.toMap(), new Struct(VALUE), "BEGIN"));
    }
    counts.merge(lane.collection(), 1L, Long::sum);
  }

  /** Once all events of the transaction are there. */
  void end(List<SourceRecord> records) {
    if (id == null) {
      return;
    }
    List<Struct> collections = new ArrayList<>();
    counts.forEach(
        (name, count) ->
            collections.add(
                new Struct(COUNT).put("data_collection", name).put("event_count", count)));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    Struct value = new Struct(VALUE).put("event_count", all).put("data_collections", collections);
    SourceRecord last = records.get(records.size() - 1);
    records.add(record(last.sourcePartition(), last.sourceOffset(), value, "END"));
    forget();
  }

  /** Forgets a transaction whose events were not sent. */
  void forget() {
    counts.clear();
    id = null;
  }

  private SourceRecord record(
      Map<String, ?> partition, Map<String, ?> offset, Struct value, String status) {
    value.put("status", status).put("id", id).put("ts_ms", millis);
    Struct key = new Struct(KEY).put("id", id);
    return new SourceRecord(partition, offset, topic, null, KEY, key, VALUE, value, millis);
  }
}
