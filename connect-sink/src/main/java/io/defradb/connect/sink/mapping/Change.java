package io.defradb.connect.sink.mapping;

import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record says, whatever its shape: write these fields, or delete. Understood are plain
 * records, tombstones, change events in Debezium's envelope (ours is one), and MongoDB's change
 * events.
 *
 * @param fields {@code null}: delete
 * @param before the fields before, where an envelope has them: a delete by value fields needs them
 */
record Change(@Nullable RecordFields fields, @Nullable RecordFields before) {

  boolean isDelete() {
    return fields == null;
  }

  static Change of(SinkRecord record) {
    if (record.value() == null) {
      return new Change(null, null);
    }
    RecordFields value = RecordFields.of(record.value());
    if (value == null) {
      throw new UnmappableRecord(
          "the value has no fields: a structured value or a tombstone is needed",
          Map.of("Type", record.value().getClass().getSimpleName()));
    }
    if (isEnvelope(value)) {
      return ofEnvelope(value);
    }
    return isMongo(value) ? ofMongo(value) : new Change(value, null);
  }

  private static boolean isEnvelope(RecordFields value) {
    return value.has("op") && value.has("source") && (value.has("after") || value.has("before"));
  }

  private static Change ofEnvelope(RecordFields value) {
    String op = String.valueOf(value.value("op"));
    RecordFields before = RecordFields.of(value.value("before"));
    return switch (op) {
      case "c", "u", "r" -> {
        RecordFields after = RecordFields.of(value.value("after"));
        if (after == null) {
          throw new UnmappableRecord("a change event has no after image", Map.of("Op", op));
        }
        yield new Change(after, before);
      }
      case "d" -> new Change(null, before);
      default ->
          throw new UnmappableRecord(
              "a change event has an operation that is not supported", Map.of("Op", op));
    };
  }

  private static boolean isMongo(RecordFields value) {
    return value.has("operationType") && value.has("documentKey");
  }

  private static Change ofMongo(RecordFields value) {
    String type = String.valueOf(value.value("operationType"));
    return switch (type) {
      case "insert", "update", "replace" -> {
        RecordFields document = RecordFields.of(value.value("fullDocument"));
        if (document == null) {
          throw new UnmappableRecord(
              "a change event has no full document", Map.of("OperationType", type));
        }
        yield new Change(document, null);
      }
      case "delete" -> new Change(null, RecordFields.of(value.value("documentKey")));
      default ->
          throw new UnmappableRecord(
              "a change event has an operation that is not supported",
              Map.of("OperationType", type));
    };
  }
}
