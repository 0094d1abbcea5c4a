package io.defradb.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asserts, with a crash of worker and node in between, that nothing is lost, doubled or changed on
 * its way.
 */
final class CheckRun {
  private static final int UPDATED = 500;
  private static final int DELETED = 200;
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final DataRun data;
  private final Bridge bridge;
  private final Terminal terminal;
  private final List<String> faults = new ArrayList<>();
  private int asserted;

  CheckRun(DataRun data, Bridge bridge, Terminal terminal) {
    this.data = data;
    this.bridge = bridge;
    this.terminal = terminal;
  }

  /** True when every assertion held. */
  boolean run(List<Airport> airports) throws InterruptedException {
    Map<String, Airport> expected = byKey(airports);
    terminal.line("Load: every record becomes one document, every document one create event");
    data.write(airports);
    data.awaitDocuments(airports.size());
    data.awaitEvents(airports.size());
    data.awaitQuiet(QUIET);
    compare(expected);
    counted("create events", data.ledger().count("c"), airports.size());

    terminal.line("Crash: kill -9 for worker and node while updates and deletes are on their way");
    List<Airport> updates =
        airports.subList(0, UPDATED).stream().map(a -> a.renamed(a.name() + " (renamed)")).toList();
    updates.forEach(airport -> expected.put(airport.iata(), airport));
    data.write(updates);
    bridge.restartWorker();
    List<String> deletes =
        airports.subList(UPDATED, UPDATED + DELETED).stream().map(Airport::iata).toList();
    deletes.forEach(expected::remove);
    data.delete(deletes);
    bridge.restartNode();
    data.awaitDocuments(expected.size());
    data.awaitEvents(airports.size() + UPDATED + DELETED);
    data.awaitQuiet(QUIET);
    compare(expected);
    counted("create events", data.ledger().count("c"), airports.size());
    counted("update events", data.ledger().count("u"), UPDATED);
    counted("delete events", data.ledger().count("d"), DELETED);
    return report();
  }

  private void compare(Map<String, Airport> expected) throws InterruptedException {
    Map<String, Airport> documents = bridge.node().airports();
    counted("documents", documents.size(), expected.size());
    equal("documents with the records' values", byKey(documents.values()), expected);
    equal("table made from the events", data.ledger().table(), documents);
    counted("documents created twice", data.ledger().repeated("c").size(), 0);
    counted("documents deleted twice", data.ledger().repeated("d").size(), 0);
  }

  private void counted(String what, long actual, long expected) {
    asserted++;
    boolean isRight = actual == expected;
    terminal.line("  %s %-34s %,7d", isRight ? "ok  " : "FAIL", what, actual);
    if (!isRight) {
      faults.add(String.format("%s: %,d, expected %,d", what, actual, expected));
    }
  }

  private void equal(String what, Map<String, Airport> actual, Map<String, Airport> expected) {
    long different =
        expected.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(actual.get(entry.getKey())))
            .count();
    long invented = actual.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    counted(what + ", different", different + invented, 0);
  }

  private boolean report() {
    faults.forEach(fault -> terminal.line("FAULT %s", fault));
    terminal.line("%d passed, %d failed", asserted - faults.size(), faults.size());
    return faults.isEmpty();
  }

  private static Map<String, Airport> byKey(Iterable<Airport> airports) {
    Map<String, Airport> byKey = new HashMap<>();
    airports.forEach(airport -> byKey.put(airport.iata(), airport));
    return byKey;
  }
}
