package io.defradb.connect.sink.mapping;

import io.defradb.document.FieldKind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of field takes a record's values, for collections and fields that the sink adds. A
 * Decimal becomes a String, because no number of a document keeps every digit; structs, maps and
 * lists of them become JSON.
 */
final class FieldTypes {
  private static final String CONNECT = "org.apache.kafka.connect.data.";
  private static final String DEBEZIUM_TIME = "io.debezium.time.";

  private FieldTypes() {}

  /** {@code null}: a schemaless null, which tells nothing. */
  static @Nullable FieldKind of(RecordFields.Entry entry) {
    return entry.schema() == null ? ofValue(entry.value()) : ofSchema(entry.schema());
  }

  private static FieldKind ofSchema(Schema schema) {
    String name = schema.name() == null ? "" : schema.name();
    FieldKind logical = ofLogicalType(name);
    if (logical != null) {
      return logical;
    }
    return switch (schema.type()) {
      case INT8, INT16, INT32, INT64 -> FieldKind.INT;
      case FLOAT32 -> FieldKind.FLOAT32;
      case FLOAT64 -> FieldKind.FLOAT64;
      case BOOLEAN -> FieldKind.BOOLEAN;
      case STRING -> FieldKind.STRING;
      case BYTES -> FieldKind.BLOB;
      case ARRAY -> list(ofSchema(schema.valueSchema()), schema.valueSchema().isOptional());
      case MAP, STRUCT -> FieldKind.JSON;
    };
  }

  private static @Nullable FieldKind ofLogicalType(String name) {
    return switch (name) {
      case CONNECT + "Decimal", "io.debezium.data.VariableScaleDecimal" -> FieldKind.STRING;
      case CONNECT + "Timestamp",
          CONNECT + "Date",
          DEBEZIUM_TIME + "Date",
          DEBEZIUM_TIME + "Timestamp",
          DEBEZIUM_TIME + "MicroTimestamp",
          DEBEZIUM_TIME + "NanoTimestamp",
          DEBEZIUM_TIME + "ZonedTimestamp",
          DEBEZIUM_TIME + "IsoDate",
          DEBEZIUM_TIME + "IsoTimestamp" ->
          FieldKind.DATE_TIME;
      case CONNECT + "Time",
          DEBEZIUM_TIME + "Time",
          DEBEZIUM_TIME + "MicroTime",
          DEBEZIUM_TIME + "NanoTime",
          DEBEZIUM_TIME + "MicroDuration",
          DEBEZIUM_TIME + "NanoDuration" ->
          FieldKind.STRING;
      case "io.debezium.data.Json" -> FieldKind.JSON;
      default -> null;
    };
  }

  private static @Nullable FieldKind ofValue(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list) {
      return ofList(list);
    }
    if (value instanceof Boolean) {
      return FieldKind.BOOLEAN;
    }
    if (value instanceof Date) {
      return FieldKind.DATE_TIME;
    }
    if (value instanceof byte[] || value instanceof ByteBuffer) {
      return FieldKind.BLOB;
    }
    if (value instanceof Number) {
      boolean isWhole =
          value instanceof Long
              || value instanceof Integer
              || value instanceof Short
              || value instanceof Byte
              || value instanceof BigInteger;
      return isWhole ? FieldKind.INT : FieldKind.FLOAT64;
    }
    return value instanceof Map<?, ?> || !(value instanceof CharSequence)
        ? FieldKind.JSON
        : FieldKind.STRING;
  }

  private static @Nullable FieldKind ofList(List<?> list) {
    List<FieldKind> kinds =
        list.stream().map(FieldTypes::ofValue).filter(Objects::nonNull).distinct().toList();
    if (kinds.isEmpty()) {
      return null;
    }
    boolean areNumbers = List.of(FieldKind.INT, FieldKind.FLOAT64).containsAll(kinds);
    if (kinds.size() > 1) {
      return areNumbers ? list(FieldKind.FLOAT64, true) : FieldKind.JSON;
    }
    return list(kinds.get(0), true);
  }

  private static FieldKind list(FieldKind element, boolean hasNulls) {
    return switch (element) {
      case BOOLEAN -> hasNulls ? FieldKind.NILLABLE_BOOLEAN_ARRAY : FieldKind.BOOLEAN_ARRAY;
      case INT -> hasNulls ? FieldKind.NILLABLE_INT_ARRAY : FieldKind.INT_ARRAY;
      case FLOAT32 -> hasNulls ? FieldKind.NILLABLE_FLOAT32_ARRAY : FieldKind.FLOAT32_ARRAY;
      case FLOAT64 -> hasNulls ? FieldKind.NILLABLE_FLOAT64_ARRAY : FieldKind.FLOAT64_ARRAY;
      case STRING -> hasNulls ? FieldKind.NILLABLE_STRING_ARRAY : FieldKind.STRING_ARRAY;
      default -> FieldKind.JSON;
    };
  }
}
