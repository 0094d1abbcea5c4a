package io.defradb.db.index;

import io.defradb.document.Decimals;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Values as error texts show them: lists in brackets, objects as maps, times with their zone. */
final class ShownValue {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern(" xx")
          .toFormatter(Locale.ROOT);

  private ShownValue() {}

  static String of(FieldKind kind, Value value) {
    if (kind == FieldKind.DATE_TIME && value instanceof Value.Text text) {
      return time(text.value());
    }
    return switch (value.type()) {
      case NULL -> "<nil>";
      case BOOL -> Boolean.toString(((Value.Bool) value).value());
      case INT -> Long.toString(((Value.Int) value).value());
      case FLOAT64 -> Decimals.messageText(((Value.Float64) value).value());
      case FLOAT32 -> Decimals.messageText(((Value.Float32) value).value());
      case TEXT -> ((Value.Text) value).value();
      case LIST -> list(kind, ((Value.Items) value).values());
      case MAP -> map(kind, ((Value.Fields) value).values());
    };
  }

  private static String time(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      String zone = time.getOffset().equals(ZoneOffset.UTC) ? "UTC" : zoneName(time);
      return TIME.format(time) + " " + zone;
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  private static String zoneName(OffsetDateTime time) {
    return DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
  }

  private static String list(FieldKind kind, List<Value> values) {
    var shown = new StringJoiner(" ", "[", "]");
    values.forEach(value -> shown.add(of(kind, value)));
    return shown.toString();
  }

  private static String map(FieldKind kind, Map<String, Value> members) {
    var shown = new StringJoiner(" ", "map[", "]");
    members.forEach((name, value) -> shown.add(name + ":" + of(kind, value)));
    return shown.toString();
  }
}
