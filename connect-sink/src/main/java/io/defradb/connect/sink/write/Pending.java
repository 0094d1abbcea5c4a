package io.defradb.connect.sink.write;

import io.defradb.connect.sink.mapping.Operation;
import io.defradb.connect.sink.mapping.UnmappableRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way.
 *
 * @param operation {@code null} for one that only moves the position
 * @param fault why it can become no operation, for the dead letters; {@code null}: no fault
 */
public record Pending(
    SinkRecord record, @Nullable Operation operation, @Nullable UnmappableRecord fault) {

  /** A record that was understood. */
  public Pending(SinkRecord record, @Nullable Operation operation) {
    this(record, operation, null);
  }

  /** The offset in its topic, before any transform moved the record to another one. */
  public long offset() {
    return record.originalKafkaOffset();
  }

  /** The partition of its topic, before any transform. */
  public TopicPartition partition() {
    return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }

  /** The same record, which now only moves the position. */
  Pending settled() {
    return new Pending(record, null, null);
  }
}
