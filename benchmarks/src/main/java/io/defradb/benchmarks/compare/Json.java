package io.defradb.benchmarks.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON as it is sent and compared. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Json() {}

  static String query(String graphql) {
    return MAPPER.createObjectNode().put("query", graphql).toString();
  }

  static String text(String value) {
    return MAPPER.getNodeFactory().textNode(value).toString();
  }

  /** A text that is no JSON is compared as the text it is. */
  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException noJson) {
      return MAPPER.getNodeFactory().textNode(text);
    }
  }
}
