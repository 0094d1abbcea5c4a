package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.TreeMap;

/**
 * A default value as the catalog stores it: {@code [type, value]}, so that an Int stays an Int.
 * Floats are their bits: infinities and negative zero survive.
 */
final class StoredValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private StoredValue() {}

  static JsonNode write(Value value) {
    ArrayNode pair = JSON.arrayNode().add(value.type().name());
    return switch (value.type()) {
      case NULL -> pair;
      case BOOL -> pair.add(((Value.Bool) value).value());
      case INT -> pair.add(((Value.Int) value).value());
      case FLOAT64 -> pair.add(Double.doubleToRawLongBits(((Value.Float64) value).value()));
      case FLOAT32 -> pair.add(Float.floatToRawIntBits(((Value.Float32) value).value()));
      case TEXT -> pair.add(((Value.Text) value).value());
      case LIST -> {
        ArrayNode items = pair.addArray();
        ((Value.Items) value).values().forEach(item -> items.add(write(item)));
        yield pair;
      }
      case MAP -> {
        ObjectNode fields = pair.addObject();
        ((Value.Fields) value).values().forEach((key, item) -> fields.set(key, write(item)));
        yield pair;
      }
    };
  }

  /** Reads what {@link #write} wrote; throws CORRUPT for anything else. */
  static Value read(JsonNode pair) {
    JsonNode value = pair.path(1);
    return switch (type(pair.path(0).asText())) {
      case NULL -> Value.NULL;
      case BOOL -> Value.Bool.of(value.asBoolean());
      case INT -> new Value.Int(value.asLong());
      case FLOAT64 -> new Value.Float64(Double.longBitsToDouble(value.asLong()));
      case FLOAT32 -> new Value.Float32(Float.intBitsToFloat(value.asInt()));
      case TEXT -> new Value.Text(value.asText());
      case LIST -> {
        var items = new ArrayList<Value>();
        value.forEach(item -> items.add(read(item)));
        yield new Value.Items(items);
      }
      case MAP -> {
        var fields = new TreeMap<String, Value>();
        value.properties().forEach(entry -> fields.put(entry.getKey(), read(entry.getValue())));
        yield new Value.Fields(fields);
      }
    };
  }

  private static Value.Type type(String name) {
    try {
      return Value.Type.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw CollectionVersionCodec.damaged();
    }
  }
}
