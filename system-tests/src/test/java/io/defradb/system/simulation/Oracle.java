package io.defradb.system.simulation;

import io.defradb.system.simulation.SimulatedTopic.Entry;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a topic means, computed without any connector. */
final class Oracle {
  /** A live document; {@code extra}: a field that only later records have. */
  record Row(String name, long visits, @Nullable String extra) {
    Row plus(Map<String, Object> value) {
      return new Row(
          String.valueOf(value.get("name")),
          visits + ((Number) value.getOrDefault("visits", 0L)).longValue(),
          value.containsKey("extra") ? String.valueOf(value.get("extra")) : extra);
    }
  }

  private final Map<String, Row> rows = new TreeMap<>();
  private final TreeSet<String> poison = new TreeSet<>();

  Oracle(SimulatedTopic topic) {
    for (int partition = 0; partition < topic.partitions(); partition++) {
      int offset = 0;
      for (Entry entry : topic.entries(partition)) {
        apply(entry, partition + ":" + offset++);
      }
    }
  }

  private void apply(Entry entry, String place) {
    Map<String, Object> value = entry.value();
    if (value == null) {
      rows.remove(entry.key());
    } else if (Records.isPoison(value)) {
      poison.add(place);
    } else {
      rows.put(entry.key(), rows.getOrDefault(entry.key(), new Row("", 0, null)).plus(value));
    }
  }

  Map<String, Row> rows() {
    return rows;
  }

  /** Places of records that must be dead letters: {@code partition:offset}. */
  TreeSet<String> poison() {
    return poison;
  }
}
