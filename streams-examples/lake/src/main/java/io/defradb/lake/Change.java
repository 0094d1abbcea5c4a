package io.defradb.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One change event as a row of the changelog: first what the event says of itself, in columns that
 * begin with two underscores (GraphQL keeps such names for itself, so that no field has one), then
 * the document's fields; a delete's row holds what was deleted.
 */
record Change(ObjectNode row, Columns columns) {
  static final String DOC_ID = "_docID";

  private static final Map<String, String> EVENT_COLUMNS = eventColumns();

  /** Null for a tombstone: its delete event went before it. */
  static @Nullable Change of(ConsumerRecord<byte[], byte[]> record, ObjectMapper json) {
    if (record.value() == null) {
      return null;
    }
    JsonNode message;
    try {
      message = json.readTree(record.value());
    } catch (IOException e) {
      throw unreadable(record, e);
    }
    JsonNode event = message.path("payload");
    JsonNode schema = message.path("schema");
    if (!event.has("op") || !schema.has("fields")) {
      throw unreadable(record, null);
    }
    JsonNode source = event.path("source");
    ObjectNode row = json.createObjectNode();
    row.put(DOC_ID, source.path("docID").asText());
    row.put("__op", event.path("op").asText());
    row.put("__seq", source.path("seq").asLong());
    row.put("__feed", source.path("feedId").asText());
    row.put("__cid", source.path("cid").asText());
    row.put("__height", source.path("height").asLong());
    row.put("__schema", source.path("schemaVersion").asText());
    row.put("__ts_ms", event.path("ts_ms").asLong());
    row.put("__offset", record.offset());
    JsonNode document = event.path(event.path("after").isObject() ? "after" : "before");
    document.properties().forEach(field -> row.set(field.getKey(), field.getValue()));
    return new Change(row, new Columns(EVENT_COLUMNS).and(Columns.of(after(schema))));
  }

  private static JsonNode after(JsonNode schema) {
    for (JsonNode field : schema.path("fields")) {
      if (field.path("field").asText().equals("after")) {
        return field;
      }
    }
    return schema.path("after");
  }

  private static LakeException unreadable(
      ConsumerRecord<byte[], byte[]> record, @Nullable Throwable cause) {
    return new LakeException(
        String.format(
            "%s-%d at offset %d is not a change event with its schema: the source connector needs"
                + " output.format=envelope and value.converter.schemas.enable=true",
            record.topic(), record.partition(), record.offset()),
        cause);
  }

  private static Map<String, String> eventColumns() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put(DOC_ID, "VARCHAR");
    types.put("__op", "VARCHAR");
    types.put("__seq", "BIGINT");
    types.put("__feed", "VARCHAR");
    types.put("__cid", "VARCHAR");
    types.put("__height", "BIGINT");
    types.put("__schema", "VARCHAR");
    types.put("__ts_ms", "BIGINT");
    types.put("__offset", "BIGINT");
    return types;
  }
}
