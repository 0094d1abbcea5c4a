package io.defradb.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One event of the source connector's envelope format, as far as the run looks at it. */
record ChangeEvent(
    String docId, String op, @Nullable Airport before, @Nullable Airport after, String text) {

  /** With or without the schema around it that a converter may write. */
  static ChangeEvent parse(JsonNode key, JsonNode value, String text) {
    JsonNode event = value.has("payload") ? value.get("payload") : value;
    return new ChangeEvent(
        (key.has("payload") ? key.get("payload") : key).get("docID").asText(),
        event.get("op").asText(),
        airport(event.path("before")),
        airport(event.path("after")),
        value.has("payload") ? event.toString() : text);
  }

  static @Nullable Airport airport(JsonNode fields) {
    if (!fields.isObject()) {
      return null;
    }
    return new Airport(
        fields.path("iata").asText(),
        fields.path("name").asText(),
        fields.path("city").asText(),
        fields.path("state").asText(),
        fields.path("country").asText(),
        fields.path("latitude").asDouble(),
        fields.path("longitude").asDouble());
  }
}
