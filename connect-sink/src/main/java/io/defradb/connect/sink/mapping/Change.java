package io.defradb.connect.sink.mapping;

import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record says, whatever its shape: write these fields, or delete. Understood are plain
 * records (JSON texts among them), tombstones, change events in Debezium's envelope (ours is one),
 * and MongoDB's change events, its own connector's and Debezium's.
 *
 * @param fields {@code null}: delete
 * @param before the fields before, where an envelope has them: a delete by value fields needs them
 * @param documentKey the key where the record's own key only encodes it; {@code null}: elsewhere
 * @param origin where the event comes from, if it comes from a node; {@code null}: elsewhere
 */
record Change(
    @Nullable RecordFields fields,
    @Nullable RecordFields before,
    @Nullable RecordFields documentKey,
    @Nullable Origin origin) {

  /** A feed of a node, and the collection there. */
  record Origin(String feedId, String collection) {}

  /** The same with other names; {@code names}: old to new. */
  Change renamed(Map<String, String> names) {
    return new Change(
        RecordFields.renamed(fields, names),
        RecordFields.renamed(before, names),
        RecordFields.renamed(documentKey, names),
        origin);
  }

  boolean isDelete() {
    return fields == null;
  }

  static Change of(SinkRecord record) {
    if (record.value() == null) {
      return new Change(null, null, null, null);
    }
    RecordFields value = RecordFields.of(JsonTexts.structured(record.value()));
    if (value == null) {
      throw new UnmappableRecord(
          "the value has no fields: a structured value or a tombstone is needed",
          Map.of("Type", record.value().getClass().getSimpleName()));
    }
    if (isEnvelope(value)) {
      return ofEnvelope(value, record);
    }
    return MongoChanges.isOne(value) ? MongoChanges.of(value) : new Change(value, null, null, null);
  }

  private static boolean isEnvelope(RecordFields value) {
    return value.has("op") && value.has("source") && (value.has("after") || value.has("before"));
  }

  private static Change ofEnvelope(RecordFields value, SinkRecord record) {
    if (MongoChanges.isInEnvelope(value)) {
      return MongoChanges.ofEnvelope(value, record);
    }
    String op = String.valueOf(value.value("op"));
    RecordFields before = RecordFields.of(value.value("before"));
    Origin origin = origin(RecordFields.of(value.value("source")));
    return switch (op) {
      case "c", "u", "r" -> {
        RecordFields after = RecordFields.of(value.value("after"));
        if (after == null) {
          throw new UnmappableRecord("a change event has no after image", Map.of("Op", op));
        }
        yield new Change(after, before, null, origin);
      }
      case "d" -> new Change(null, before, null, origin);
      default ->
          throw new UnmappableRecord(
              "a change event has an operation that is not supported", Map.of("Op", op));
    };
  }

  private static @Nullable Origin origin(@Nullable RecordFields source) {
    return source != null
            && source.value("feedId") instanceof String feedId
            && source.value("collection") instanceof String collection
        ? new Origin(feedId, collection)
        : null;
  }
}
