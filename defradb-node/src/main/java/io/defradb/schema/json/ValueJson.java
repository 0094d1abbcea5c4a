package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.TreeMap;

/** Default values as descriptions print them, and as a patch of descriptions reads them back. */
final class ValueJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ValueJson() {}

  static JsonNode write(Value value) {
    return switch (value.type()) {
      case NULL -> JSON.nullNode();
      case BOOL -> JSON.booleanNode(((Value.Bool) value).value());
      case INT -> integer(((Value.Int) value).value());
      case FLOAT64 -> JSON.numberNode(((Value.Float64) value).value());
      case FLOAT32 -> JSON.numberNode(((Value.Float32) value).value());
      case TEXT -> JSON.textNode(((Value.Text) value).value());
      case LIST -> {
        ArrayNode items = JSON.arrayNode();
        ((Value.Items) value).values().forEach(item -> items.add(write(item)));
        yield items;
      }
      case MAP -> {
        ObjectNode fields = JSON.objectNode();
        ((Value.Fields) value).values().forEach((key, item) -> fields.set(key, write(item)));
        yield fields;
      }
    };
  }

  /** As a parser reads it, so that a test operation of a patch finds it equal. */
  private static JsonNode integer(long value) {
    return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
  }

  /** Every number is a float: what is read is only compared with what was read. */
  static Value read(JsonNode tree) {
    return switch (tree.getNodeType()) {
      case BOOLEAN -> Value.Bool.of(tree.booleanValue());
      case NUMBER -> new Value.Float64(tree.doubleValue());
      case STRING -> new Value.Text(tree.textValue());
      case ARRAY -> {
        var items = new ArrayList<Value>(tree.size());
        tree.forEach(item -> items.add(read(item)));
        yield new Value.Items(items);
      }
      case OBJECT -> {
        var fields = new TreeMap<String, Value>();
        tree.properties().forEach(entry -> fields.put(entry.getKey(), read(entry.getValue())));
        yield new Value.Fields(fields);
      }
      default -> Value.NULL;
    };
  }
}
