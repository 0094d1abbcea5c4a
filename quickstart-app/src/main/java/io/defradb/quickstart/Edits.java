package io.defradb.quickstart;

import java.util.List;
import java.util.Map;

/** What a check does to airports that are loaded: some get another name, others are deleted. */
record Edits(List<Airport> updated, List<Airport> deleted) {
  private static final int UPDATED = 500;
  private static final int DELETED = 200;

  static Edits of(List<Airport> airports) {
    return new Edits(
        airports.subList(0, UPDATED).stream()
            .map(airport -> airport.renamed(airport.name() + " (renamed)"))
            .toList(),
        airports.subList(UPDATED, UPDATED + DELETED));
  }

  List<String> deletedKeys() {
    return deleted.stream().map(Airport::iata).toList();
  }

  int events() {
    return updated.size() + deleted.size();
  }

  /** {@code airports}: by key, as they are before it; afterwards as they must be. */
  void applyTo(Map<String, Airport> airports) {
    updated.forEach(airport -> airports.put(airport.iata(), airport));
    deletedKeys().forEach(airports::remove);
  }

  /** That each airport has one create event, and each edit one event. */
  void assertEvents(Findings findings, EventLedger ledger, int airports) {
    findings.counted("create events", ledger.count("c"), airports);
    findings.counted("update events", ledger.count("u"), updated.size());
    findings.counted("delete events", ledger.count("d"), deleted.size());
  }
}
