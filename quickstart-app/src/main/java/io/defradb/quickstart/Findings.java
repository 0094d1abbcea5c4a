package io.defradb.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a check has found so far; every figure is shown as it is asserted. */
final class Findings {
  private final Terminal terminal;
  private final List<String> faults = new ArrayList<>();
  private int asserted;

  Findings(Terminal terminal) {
    this.terminal = terminal;
  }

  void counted(String what, long actual, long expected) {
    asserted++;
    boolean isRight = actual == expected;
    terminal.line("  %s %-34s %,7d", isRight ? "ok  " : "FAIL", what, actual);
    if (!isRight) {
      faults.add(String.format("%s: %,d, expected %,d", what, actual, expected));
    }
  }

  /** Counts what differs, whatever is missing or too many included. */
  <K, V> void equal(String what, Map<K, V> actual, Map<K, V> expected) {
    long different =
        expected.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(actual.get(entry.getKey())))
            .count();
    long invented = actual.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    counted(what + ", different", different + invented, 0);
  }

  /** The end: true when every assertion held. */
  boolean report() {
    faults.forEach(fault -> terminal.line("FAULT %s", fault));
    terminal.line("%d passed, %d failed", asserted - faults.size(), faults.size());
    return faults.isEmpty();
  }

  static Map<String, Airport> byKey(Iterable<Airport> airports) {
    Map<String, Airport> byKey = new HashMap<>();
    airports.forEach(airport -> byKey.put(airport.iata(), airport));
    return byKey;
  }
}
