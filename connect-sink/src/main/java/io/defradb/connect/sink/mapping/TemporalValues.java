package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.document.FieldKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Logical types of time, Connect's and Debezium's (Debezium, "Temporal types"): a moment or a date
 * becomes DateTime text, in a String field a date and a time of day stay what they are, and an Int
 * field takes the number as it came.
 */
final class TemporalValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CONNECT = "org.apache.kafka.connect.data.";
  private static final String DEBEZIUM = "io.debezium.time.";
  private static final long MILLI = 1_000_000;
  private static final long MICRO = 1_000;

  private TemporalValues() {}

  /** {@code null}: the value is none of these, or its field takes it as it is. */
  static @Nullable JsonNode toJson(@Nullable Schema schema, Object value, FieldKind kind) {
    String name = schema == null || schema.name() == null ? "" : schema.name();
    if (value instanceof Date date) {
      return ofDate(name, date, kind);
    }
    if (value instanceof Number number && name.startsWith(DEBEZIUM)) {
      return kind == FieldKind.DATE_TIME || kind == FieldKind.STRING
          ? ofNumber(name.substring(DEBEZIUM.length()), number.longValue(), kind)
          : null;
    }
    boolean isText = kind == FieldKind.DATE_TIME && value instanceof CharSequence;
    return isText && name.startsWith(DEBEZIUM)
        ? ofText(name.substring(DEBEZIUM.length()), value.toString())
        : null;
  }

  /** The one form in which a moment is a key: UTC. */
  static String utc(String text) {
    try {
      return dateTime(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new UnmappableRecord("a text is no DateTime", Map.of("Value", text));
    }
  }

  static String dateTime(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant);
  }

  private static JsonNode ofDate(String name, Date date, FieldKind kind) {
    if (kind == FieldKind.INT) {
      return JSON.numberNode(date.getTime());
    }
    return switch (name) {
      case CONNECT + "Date" -> day(Math.floorDiv(date.getTime(), 86_400_000L), kind);
      case CONNECT + "Time" -> timeOfDay(date.getTime() * MILLI, kind);
      default -> JSON.textNode(dateTime(date.toInstant()));
    };
  }

  private static @Nullable JsonNode ofNumber(String name, long amount, FieldKind kind) {
    return switch (name) {
      case "Timestamp" -> moment(amount, 1_000, MILLI);
      case "MicroTimestamp" -> moment(amount, 1_000_000, MICRO);
      case "NanoTimestamp" -> moment(amount, 1_000_000_000, 1);
      case "Date" -> day(amount, kind);
      case "Time" -> timeOfDay(amount * MILLI, kind);
      case "MicroTime" -> timeOfDay(amount * MICRO, kind);
      case "NanoTime" -> timeOfDay(amount, kind);
      case "MicroDuration" -> JSON.textNode(Duration.ofNanos(amount * MICRO).toString());
      case "NanoDuration" -> JSON.textNode(Duration.ofNanos(amount).toString());
      default -> null;
    };
  }

  private static @Nullable JsonNode ofText(String name, String text) {
    return switch (name) {
      case "IsoDate" -> JSON.textNode(text.replaceFirst("Z$", "") + "T00:00:00Z");
      case "IsoTimestamp" -> JSON.textNode(text.endsWith("Z") ? text : text + "Z");
      default -> null;
    };
  }

  private static JsonNode moment(long amount, long perSecond, long nanos) {
    return JSON.textNode(
        dateTime(
            Instant.ofEpochSecond(
                Math.floorDiv(amount, perSecond), Math.floorMod(amount, perSecond) * nanos)));
  }

  private static JsonNode day(long epochDay, FieldKind kind) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    return JSON.textNode(
        kind == FieldKind.STRING
            ? day.toString()
            : dateTime(day.atStartOfDay().toInstant(ZoneOffset.UTC)));
  }

  private static JsonNode timeOfDay(long nanos, FieldKind kind) {
    if (kind == FieldKind.DATE_TIME) {
      throw new UnmappableRecord("a time of day is no DateTime: use a String or an Int field");
    }
    return JSON.textNode(DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos)));
  }
}
