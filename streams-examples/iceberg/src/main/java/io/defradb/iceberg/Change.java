package io.defradb.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One change event.
 *
 * @param feed whose numbers {@code seq} counts; a node that began anew has another
 * @param version of the collection, which says what {@code schema} says
 * @param schema of {@code document}, a struct as Connect's JsonConverter writes it
 * @param document after the change; null: it was deleted
 */
record Change(
    String docId,
    String feed,
    long seq,
    String cid,
    String version,
    JsonNode schema,
    @Nullable JsonNode document) {

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
    JsonNode source = event.path("source");
    JsonNode schema = after(message.path("schema"));
    if (!event.has("op") || schema.isMissingNode()) {
      throw unreadable(record, null);
    }
    JsonNode after = event.path("after");
    return new Change(
        source.path("docID").asText(),
        source.path("feedId").asText(),
        source.path("seq").asLong(),
        source.path("cid").asText(),
        source.path("schemaVersion").asText(),
        schema,
        after.isObject() ? after : null);
  }

  /** A value of the document; missing without one. */
  JsonNode field(String name) {
    return document == null ? MissingNode.getInstance() : document.path(name);
  }

  private static JsonNode after(JsonNode schema) {
    for (JsonNode field : schema.path("fields")) {
      if (field.path("field").asText().equals("after")) {
        return field;
      }
    }
    return schema.path("after");
  }

  private static TableException unreadable(
      ConsumerRecord<byte[], byte[]> record, @Nullable Throwable cause) {
    return new TableException(
        String.format(
            "%s-%d at offset %d is not a change event with its schema: the source connector needs"
                + " output.format=envelope and value.converter.schemas.enable=true",
            record.topic(), record.partition(), record.offset()),
        cause);
  }
}
