package io.defradb.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One event of the source connector's envelope format, as far as the run looks at it. */
record ChangeEvent(
    String docId, String op, @Nullable Airport before, @Nullable Airport after, String text) {

  static ChangeEvent parse(JsonNode key, JsonNode value, String text) {
    return new ChangeEvent(
        key.get("docID").asText(),
        value.get("op").asText(),
        airport(value.path("before")),
        airport(value.path("after")),
        text);
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
