package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.document.FieldKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
  private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

  private ConnectValues() {}

  /**
   * {@code kind}: of the field that takes the value; {@code schema}: {@code null} for schemaless
   * records.
   */
  static JsonNode toJson(@Nullable Schema schema, @Nullable Object value, FieldKind kind) {
    if (value == null) {
      return JSON.nullNode();
    }
    JsonNode temporal =
        kind == FieldKind.DATE_TIME || kind == FieldKind.STRING ? temporal(schema, value) : null;
    if (temporal != null) {
      return temporal;
    }
    if (kind == FieldKind.STRING && !(value instanceof CharSequence) && isScalar(value)) {
      return JSON.textNode(
          value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
    }
    if (kind == FieldKind.INT && value instanceof Number number) {
      return integer(number);
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
      return JSON.textNode(dateTime(date.toInstant()));
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

  private static boolean isScalar(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static JsonNode integer(Number number) {
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

  private static @Nullable JsonNode temporal(@Nullable Schema schema, Object value) {
    if (value instanceof Date date) {
      return JSON.textNode(dateTime(date.toInstant()));
    }
    String name = schema == null ? null : schema.name();
    if (name == null || !(value instanceof Number number)) {
      return null;
    }
    long amount = number.longValue();
    return switch (name) {
      case "io.debezium.time.Timestamp" -> JSON.textNode(dateTime(Instant.ofEpochMilli(amount)));
      case "io.debezium.time.MicroTimestamp" ->
          JSON.textNode(
              dateTime(
                  Instant.ofEpochSecond(
                      Math.floorDiv(amount, 1_000_000L),
                      Math.floorMod(amount, 1_000_000L) * 1000)));
      case "io.debezium.time.NanoTimestamp" ->
          JSON.textNode(
              dateTime(
                  Instant.ofEpochSecond(
                      Math.floorDiv(amount, 1_000_000_000L),
                      Math.floorMod(amount, 1_000_000_000L))));
      case "io.debezium.time.Date" ->
          JSON.textNode(
              dateTime(LocalDate.ofEpochDay(amount).atStartOfDay().toInstant(ZoneOffset.UTC)));
      default -> null;
    };
  }

  private static String dateTime(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant);
  }
}
