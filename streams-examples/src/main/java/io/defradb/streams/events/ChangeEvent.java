package io.defradb.streams.events;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One change event of the envelope format.
 *
 * @param op {@code c}, {@code u}, {@code d}, or {@code r} for a document of a snapshot
 * @param seq grows with every commit of the node that sent it
 * @param feedId whose numbers {@code seq} counts; another one means a node that began anew
 * @param after the document; JSON null after a delete
 */
public record ChangeEvent(String op, long seq, String feedId, JsonNode after) {

  public boolean isDelete() {
    return op.equals("d");
  }

  /**
   * Reads an envelope, with or without the {@code payload} around it that a converter with schemas
   * writes.
   */
  public static ChangeEvent parse(JsonNode value) {
    JsonNode envelope = value.has("payload") ? value.get("payload") : value;
    JsonNode source = envelope.path("source");
    return new ChangeEvent(
        envelope.path("op").asText(),
        source.path("seq").asLong(),
        source.path("feedId").asText(),
        envelope.path("after"));
  }

  /** The DocID of a record key, with or without {@code payload}. */
  public static String docId(JsonNode key) {
    return (key.has("payload") ? key.get("payload") : key).path("docID").asText();
  }
}
