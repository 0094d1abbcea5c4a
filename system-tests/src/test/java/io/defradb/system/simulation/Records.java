package io.defradb.system.simulation;

import io.defradb.system.simulation.SimulatedTopic.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Records of a simulation: few keys that come, change, go and come back; some poison. */
final class Records {
  private static final int KEYS = 25;

  private Records() {}

  /** {@code hasExtra}: the schema has changed. */
  static Entry next(Random random, boolean hasExtra) {
    String key = "k" + random.nextInt(KEYS);
    int kind = random.nextInt(100);
    if (kind < 12) {
      return new Entry(key, null);
    }
    Map<String, Object> value = new HashMap<>();
    value.put("name", "n" + random.nextInt(1000));
    value.put("visits", 1L + random.nextInt(3));
    if (hasExtra) {
      value.put("extra", "e" + random.nextInt(10));
    }
    if (kind < 15) {
      value.put("age", "old"); // only the node knows that this is no Int
    } else if (kind < 17) {
      value.put("visits", 1.5); // the connector knows that this is none
    }
    return new Entry(key, value);
  }

  static boolean isPoison(Map<String, Object> value) {
    return value.containsKey("age") || value.get("visits") instanceof Double;
  }
}
