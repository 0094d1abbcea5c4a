package io.defradb.connect.sink.write;

import io.defradb.connect.sink.mapping.Operation;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A record on its way. {@code operation} is {@code null} for one that only moves the position. */
public record Pending(SinkRecord record, @Nullable Operation operation) {
  /** The offset in its topic, before any transform moved the record to another one. */
  public long offset() {
    return record.originalKafkaOffset();
  }
}
