package io.defradb.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.defradb.document.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** {@code {"$time":…,"$level":…,"$msg":…,"$name":…,<keys>}}. */
final class JsonLine implements LogLine {
  @Override
  public String print(ILoggingEvent event, String loggerName) {
    Instant time =
        event.getInstant() == null
            ? Instant.ofEpochMilli(event.getTimeStamp())
            : event.getInstant();
    var json = new JsonWriter();
    json.beginObject();
    json.name("$time").string(time.toString());
    json.name("$level").string(event.getLevel().toString());
    json.name("$msg").string(event.getFormattedMessage());
    json.name("$name").string(loggerName);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        write(json.name(pair.key), pair.value);
      }
    }
    json.endObject();
    return new String(json.unsafeArray(), 0, json.length(), StandardCharsets.UTF_8);
  }

  private static void write(JsonWriter json, Object value) {
    if (value instanceof Collection<?> items) {
      json.beginArray();
      items.forEach(item -> write(json, item));
      json.endArray();
    } else if (value instanceof Boolean flag) {
      json.bool(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      json.number(((Number) value).longValue());
    } else {
      json.string(String.valueOf(value));
    }
  }
}
