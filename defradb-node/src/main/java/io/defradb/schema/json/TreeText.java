package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.JsonWriter;
import java.util.Map;

/** Writes a JSON tree the way of the HTTP API. */
final class TreeText {
  private TreeText() {}

  static void write(JsonWriter json, JsonNode tree) {
    switch (tree.getNodeType()) {
      case OBJECT -> {
        json.beginObject();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
          json.name(member.getKey());
          write(json, member.getValue());
        }
        json.endObject();
      }
      case ARRAY -> {
        json.beginArray();
        tree.forEach(item -> write(json, item));
        json.endArray();
      }
      case STRING -> json.string(tree.textValue());
      case BOOLEAN -> json.bool(tree.booleanValue());
      case NUMBER -> number(json, tree);
      default -> json.nullValue();
    }
  }

  private static void number(JsonWriter json, JsonNode tree) {
    if (tree.isIntegralNumber()) {
      json.number(tree.longValue());
    } else if (tree.isFloat()) {
      json.number(tree.floatValue());
    } else {
      json.number(tree.doubleValue());
    }
  }
}
