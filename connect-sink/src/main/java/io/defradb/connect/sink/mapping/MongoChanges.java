package io.defradb.connect.sink.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB's change events. Its own connector writes change stream documents ({@code operationType},
 * {@code fullDocument}, {@code documentKey}, {@code updateDescription}); Debezium puts documents as
 * JSON text into its envelope and the key, as JSON text, into the record's key.
 */
final class MongoChanges {
  private static final String ID = "_id";

  private MongoChanges() {}

  static boolean isOne(RecordFields value) {
    return value.has("operationType") && value.has("documentKey");
  }

  /** In Debezium's envelope a document is a text, or its changes stand beside it. */
  static boolean isInEnvelope(RecordFields value) {
    return value.has("updateDescription")
        || value.value("after") instanceof CharSequence
        || value.value("before") instanceof CharSequence;
  }

  static Change of(RecordFields value) {
    String type = String.valueOf(value.value("operationType"));
    return switch (type) {
      case "insert", "update", "replace" -> {
        RecordFields document = document(value.value("fullDocument"));
        RecordFields key = document(value.value("documentKey"));
        yield document == null ? partial(value, key, type) : new Change(document, null, key, null);
      }
      case "delete" -> {
        RecordFields key = document(value.value("documentKey"));
        yield new Change(null, key, key, null);
      }
      default ->
          throw new UnmappableRecord(
              "a change event has an operation that is not supported",
              Map.of("OperationType", type));
    };
  }

  static Change ofEnvelope(RecordFields value, SinkRecord record) {
    String op = String.valueOf(value.value("op"));
    RecordFields before = document(value.value("before"));
    RecordFields key = key(record);
    return switch (op) {
      case "c", "u", "r" -> {
        RecordFields after = document(value.value("after"));
        yield after == null ? partial(value, key, op) : new Change(after, before, key, null);
      }
      case "d" -> new Change(null, before == null ? key : before, key, null);
      default ->
          throw new UnmappableRecord(
              "a change event has an operation that is not supported", Map.of("Op", op));
    };
  }

  /** An update that tells its changes alone. */
  private static Change partial(RecordFields value, @Nullable RecordFields key, String op) {
    RecordFields description = RecordFields.of(value.value("updateDescription"));
    if (description == null) {
      throw new UnmappableRecord("a change event has no document", Map.of("Op", op));
    }
    Map<String, RecordFields.Entry> entries = new LinkedHashMap<>();
    if (key != null) {
      entries.putAll(key.entries());
    }
    RecordFields updated = document(description.value("updatedFields"));
    if (updated != null) {
      entries.putAll(updated.entries());
    }
    if (description.value("removedFields") instanceof List<?> removed) {
      removed.forEach(
          name -> entries.put(String.valueOf(name), new RecordFields.Entry(null, null)));
    }
    for (String name : entries.keySet()) {
      if (name.indexOf('.') > 0) {
        throw new UnmappableRecord(
            "an update changes a part of a field: let the source send full documents",
            Map.of("Path", name));
      }
    }
    return new Change(new RecordFields(entries), null, key, null);
  }

  private static @Nullable RecordFields document(@Nullable Object value) {
    return RecordFields.of(
        value instanceof CharSequence text
            ? JsonTexts.value(text.toString())
            : JsonTexts.resolved(value));
  }

  /** Debezium's key has one field, {@code id}: the document's {@code _id} as JSON text. */
  private static @Nullable RecordFields key(SinkRecord record) {
    RecordFields fields = RecordFields.of(record.key());
    if (fields == null || !(fields.value("id") instanceof CharSequence text)) {
      return fields;
    }
    Object id = JsonTexts.value(text.toString());
    return new RecordFields(Map.of(ID, new RecordFields.Entry(null, id)));
  }
}
