package io.defradb.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every event seen, and what a table built from them would hold. */
final class EventLedger {
  private final List<ChangeEvent> events = new ArrayList<>();
  private final Map<String, Airport> table = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  void add(List<ChangeEvent> arrived) {
    for (ChangeEvent event : arrived) {
      events.add(event);
      counts.merge(event.op(), 1L, Long::sum);
      Airport after = event.after();
      if (after == null) {
        table.remove(event.docId());
      } else {
        table.put(event.docId(), after);
      }
    }
  }

  long size() {
    return events.size();
  }

  /** {@code op}: {@code c}, {@code u}, {@code d}, {@code r}. */
  long count(String op) {
    return counts.getOrDefault(op, 0L);
  }

  /**
   * Documents that have more than one event of this kind: there must be none of {@code c} and of
   * {@code d}.
   */
  Set<String> repeated(String op) {
    Set<String> once = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (ChangeEvent event : events) {
      if (event.op().equals(op) && !once.add(event.docId())) {
        repeated.add(event.docId());
      }
    }
    return repeated;
  }

  /** The current state by DocID, as the events alone tell it. */
  Map<String, Airport> table() {
    return Map.copyOf(table);
  }

  ChangeEvent last() {
    return events.get(events.size() - 1);
  }
}
