package io.defradb.connect.source.transform;

import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Tells change events from other values. */
final class Envelopes {
  private Envelopes() {}

  /** The event's members; {@code null}: it is none. */
  static @Nullable Members of(Object value) {
    return isOne(value) ? Members.of(value) : null;
  }

  private static boolean isOne(Object value) {
    if (value instanceof Struct struct) {
      String name = struct.schema().name();
      return name != null && name.endsWith(".Envelope");
    }
    return value instanceof Map<?, ?> map && map.containsKey("op") && map.containsKey("source");
  }
}
