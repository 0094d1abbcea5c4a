package io.defradb.streams.events;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One change event of the envelope format.
 *
 * @param op {@code c}, {@code u}, {@code d}, or {@code r} for a document of a snapshot
 * @param seq grows with every commit of the node that sent it
 * @param feedId whose numbers {@code seq} counts; another one means a node that began anew
 * @param millis when the connector wrote it
 * @param schemaVersion the collection version that {@code after} is of
 * @param after the document; JSON null after a delete
 */
public record ChangeEvent(
    String op, long seq, String feedId, long millis, String schemaVersion, JsonNode after) {

  public boolean isDelete() {
    return op.equals("d");
  }

  /**
   * Reads an envelope, with or without the {@code payload} around it that a converter with schemas
   * writes.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ChangeEvent parse(JsonNode value) {
    JsonNode envelope = payload(value);
    JsonNode source = envelope.path("source");
    if (!envelope.has("op") || !source.has("seq")) {
      throw new IllegalArgumentException(
          "no change event: the source connector needs output.format=envelope");
    }
    return new ChangeEvent(
        envelope.path("op").asText(),
        source.path("seq").asLong(),
        source.path("feedId").asText(),
        envelope.path("ts_ms").asLong(),
        source.path("schemaVersion").asText(),
        envelope.path("after"));
  }

  /** The DocID of a record key, with or without {@code payload}. */
  public static String docId(JsonNode key) {
    return payload(key).path("docID").asText();
  }

  /** What a converter wrote, without the schema that may stand beside it. */
  public static JsonNode payload(JsonNode value) {
    return value.has("payload") && value.has("schema") ? value.get("payload") : value;
  }
}
