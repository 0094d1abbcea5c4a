package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON that comes as text: whole records of a string converter, documents inside MongoDB's change
 * events, Debezium's JSON type. MongoDB's extended forms ({@code {"$oid":…}}, {@code {"$date":…}},
 * {@code {"$numberLong":…}} …; MongoDB Extended JSON v2) become the values they stand for.
 */
final class JsonTexts {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .setNodeFactory(new JsonNodeFactory(true));

  private JsonTexts() {}

  /** True for a text that may be an object or an array. */
  static boolean isStructured(@Nullable Object value) {
    if (!(value instanceof CharSequence text)) {
      return false;
    }
    String stripped = text.toString().strip();
    return stripped.startsWith("{") || stripped.startsWith("[");
  }

  /** The node of a text; {@code null}: it is no JSON. */
  static @Nullable JsonNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** As Connect's schemaless values: maps, lists, texts, numbers; a text that is no JSON stays. */
  static @Nullable Object value(String text) {
    JsonNode node = parse(text);
    return node == null ? text : value(node);
  }

  /** A text that is an object or an array as {@link #value(String)}; anything else as it is. */
  static @Nullable Object structured(@Nullable Object value) {
    return value != null && isStructured(value) ? value(value.toString()) : value;
  }

  static @Nullable Object value(JsonNode node) {
    if (node.isObject()) {
      return object(node);
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>(node.size());
      node.forEach(item -> items.add(value(item)));
      return items;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.decimalValue();
    }
    return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.asText();
  }

  /** Resolves extended forms in values that a JSON converter has read. */
  static @Nullable Object resolved(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> fields = new LinkedHashMap<>();
      map.forEach((name, item) -> fields.put(String.valueOf(name), resolved(item)));
      return extended(fields);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(resolved(item)));
      return items;
    }
    return value;
  }

  private static Object object(JsonNode node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
    return extended(fields);
  }

  private static Object extended(Map<String, Object> fields) {
    if (fields.isEmpty() || fields.size() > 2) {
      return fields;
    }
    Map.Entry<String, Object> first = fields.entrySet().iterator().next();
    Object value = first.getValue();
    if (!first.getKey().startsWith("$") || value == null) {
      return fields;
    }
    try {
      Object plain = plain(first.getKey(), value);
      return plain == null ? fields : plain;
    } catch (RuntimeException e) {
      throw new UnmappableRecord(
          "a value in MongoDB's extended JSON cannot be read",
          Map.of("Form", first.getKey(), "Value", value));
    }
  }

  /** {@code null}: no form that stands for a plain value. */
  private static @Nullable Object plain(String form, Object value) {
    return switch (form) {
      case "$oid", "$symbol", "$code", "$uuid" -> value.toString();
      case "$numberLong", "$numberInt" -> Long.valueOf(value.toString());
      case "$numberDecimal" -> new BigDecimal(value.toString());
      case "$numberDouble" -> Double.valueOf(value.toString());
      case "$date" ->
          value instanceof Number millis
              ? new Date(millis.longValue())
              : Date.from(date(value.toString()));
      case "$timestamp" ->
          value instanceof Map<?, ?> parts && parts.get("t") instanceof Number seconds
              ? Date.from(Instant.ofEpochSecond(seconds.longValue()))
              : null;
      case "$binary" ->
          Base64.getDecoder()
              .decode(
                  value instanceof Map<?, ?> parts
                      ? String.valueOf(parts.get("base64"))
                      : value.toString());
      default -> null;
    };
  }

  private static Instant date(String text) {
    return text.matches("-?[0-9]+")
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : OffsetDateTime.parse(text).toInstant();
  }
}
