package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.document.FieldKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Connect's values as the JSON that a document field of a given kind takes. Logical types of
 * Connect and of Debezium become DateTime text; bytes become hexadecimal text; a Decimal becomes a
 * number, or its plain text in a String field.
 */
final class ConnectValues {
  private static final JsonNodeFactory JSON = new JsonNodeFactory(true);

  private ConnectValues() {}

  /**
   * {@code kind}: of the field that takes the value; {@code schema}: {@code null} for schemaless
   * records.
   */
  static JsonNode toJson(@Nullable Schema schema, @Nullable Object given, FieldKind kind) {
    Object value = unwrapped(schema, given);
    if (value == null) {
      return JSON.nullNode();
    }
    FieldKind element = kind.element();
    if (element != null && value instanceof List<?> list) {
      Schema items = schema == null ? null : schema.valueSchema();
      ArrayNode array = JSON.arrayNode(list.size());
      list.forEach(item -> array.add(toJson(items, item, element)));
      return array;
    }
    JsonNode temporal = TemporalValues.toJson(schema, value, kind);
    if (temporal != null) {
      return temporal;
    }
    return switch (kind) {
      case STRING -> text(schema, value);
      case INT -> value instanceof Number number ? integer(number) : plain(schema, value);
      case JSON -> json(schema, value);
      default -> plain(schema, value);
    };
  }

  /** Numbers of Debezium that carry their scale with them (Debezium, VariableScaleDecimal). */
  private static @Nullable Object unwrapped(@Nullable Schema schema, @Nullable Object value) {
    if (schema != null
        && "io.debezium.data.VariableScaleDecimal".equals(schema.name())
        && value instanceof Struct struct) {
      return new BigDecimal(new BigInteger(struct.getBytes("value")), struct.getInt32("scale"));
    }
    return value;
  }

  private static JsonNode text(@Nullable Schema schema, Object value) {
    if (value instanceof BigDecimal decimal) {
      return JSON.textNode(decimal.toPlainString());
    }
    JsonNode plain = plain(schema, value);
    return plain.isTextual() ? plain : JSON.textNode(plain.toString());
  }

  /** A text that is an object or an array stands for it; any other is a text. */
  private static JsonNode json(@Nullable Schema schema, Object value) {
    boolean isJson = schema != null && "io.debezium.data.Json".equals(schema.name());
    if (value instanceof CharSequence text && (isJson || JsonTexts.isStructured(text))) {
      JsonNode parsed = JsonTexts.parse(text.toString());
      return parsed == null ? JSON.textNode(text.toString()) : parsed;
    }
    return plain(schema, value);
  }

  /** Without a field's kind: inside JSON fields, and for keys of other systems. */
  static JsonNode plain(@Nullable Schema schema, @Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return JSON.textNode(value.toString());
    }
    if (value instanceof Boolean bool) {
      return JSON.booleanNode(bool);
    }
    if (value instanceof BigDecimal decimal) {
      return JSON.numberNode(decimal);
    }
    if (value instanceof Double number) {
      return JSON.numberNode(number.doubleValue());
    }
    if (value instanceof Float number) {
      return JSON.numberNode(number.floatValue());
    }
    if (value instanceof BigInteger number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Number number) {
      return JSON.numberNode(number.longValue());
    }
    if (value instanceof byte[] bytes) {
      return JSON.textNode(HexFormat.of().formatHex(bytes));
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return JSON.textNode(HexFormat.of().formatHex(bytes));
    }
    if (value instanceof Date date) {
      return JSON.textNode(TemporalValues.dateTime(date.toInstant()));
    }
    if (value instanceof List<?> list) {
      return array(schema, list);
    }
    if (value instanceof Struct struct) {
      return object(struct);
    }
    if (value instanceof Map<?, ?> map) {
      return object(schema, map);
    }
    throw new UnmappableRecord(
        "a value has a type that no field can hold", Map.of("Type", value.getClass().getName()));
  }

  private static ArrayNode array(@Nullable Schema schema, List<?> list) {
    Schema element = schema == null ? null : schema.valueSchema();
    ArrayNode array = JSON.arrayNode(list.size());
    list.forEach(item -> array.add(plain(element, item)));
    return array;
  }

  private static ObjectNode object(Struct struct) {
    ObjectNode object = JSON.objectNode();
    for (Field field : struct.schema().fields()) {
      object.set(field.name(), plain(field.schema(), struct.get(field)));
    }
    return object;
  }

  private static ObjectNode object(@Nullable Schema schema, Map<?, ?> map) {
    Schema element = schema == null ? null : schema.valueSchema();
    ObjectNode object = JSON.objectNode();
    map.forEach((key, item) -> object.set(String.valueOf(key), plain(element, item)));
    return object;
  }

  private static JsonNode integer(Number given) {
    Number number = given instanceof BigInteger big ? new BigDecimal(big) : given;
    if (number instanceof BigDecimal decimal) {
      try {
        return JSON.numberNode(decimal.longValueExact());
      } catch (ArithmeticException e) {
        throw new UnmappableRecord(
            "a number does not fit an Int field", Map.of("Value", decimal.toPlainString()));
      }
    }
    double value = number.doubleValue();
    if ((number instanceof Double || number instanceof Float)
        && (value != Math.rint(value) || Math.abs(value) > 1L << 53)) {
      throw new UnmappableRecord("a number does not fit an Int field", Map.of("Value", number));
    }
    return JSON.numberNode(number.longValue());
  }
}
