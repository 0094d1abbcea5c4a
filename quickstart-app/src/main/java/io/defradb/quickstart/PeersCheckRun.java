package io.defradb.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asserts, with the two nodes parted for a while and a crash of each, that nothing is lost, doubled
 * or changed on its way: records enter at the edge, and events leave the hub.
 */
final class PeersCheckRun {
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final DataRun data;
  private final Bridge bridge;
  private final Terminal terminal;
  private final Findings findings;

  PeersCheckRun(DataRun data, Bridge bridge, Terminal terminal) {
    this.data = data;
    this.bridge = bridge;
    this.terminal = terminal;
    this.findings = new Findings(terminal);
  }

  /** True when every assertion held. */
  boolean run(List<Airport> airports) throws InterruptedException {
    Map<String, Airport> expected = Findings.byKey(airports);
    terminal.line("Load: every record enters at the edge, and its event leaves the hub");
    data.write(airports);
    data.awaitDocuments(airports.size());
    data.awaitEvents(airports.size());
    data.awaitQuiet(QUIET);
    compare(expected);
    findings.counted("create events", data.ledger().count("c"), airports.size());

    terminal.line("Partition: the hub goes on alone; updates and deletes reach the edge only,");
    terminal.line("which is killed with all it owes");
    bridge.restartExit(false);
    Edits edits = Edits.of(airports);
    edits.applyTo(expected);
    data.write(edits.updated());
    data.delete(edits.deletedKeys());
    data.awaitEntered(expected.size());
    bridge.restartEntry();
    data.awaitQuiet(QUIET);
    findings.counted("documents in the edge", bridge.entry().count(), expected.size());
    findings.counted("documents in the hub, as before", bridge.exit().count(), airports.size());
    findings.counted("events, as before", data.ledger().size(), airports.size());

    terminal.line("Healing: the hub is killed once more, and comes back with its network");
    bridge.restartExit(true);
    data.awaitDocuments(expected.size());
    data.awaitEvents(airports.size() + edits.events());
    data.awaitAcknowledged();
    data.awaitQuiet(QUIET);
    compare(expected);
    edits.assertEvents(findings, data.ledger(), airports.size());
    return findings.report();
  }

  private void compare(Map<String, Airport> expected) throws InterruptedException {
    Map<String, Airport> edge = bridge.entry().airports();
    Map<String, Airport> hub = bridge.exit().airports();
    findings.counted("documents in the edge", edge.size(), expected.size());
    findings.counted("documents in the hub", hub.size(), expected.size());
    findings.equal("edge and the records' values", Findings.byKey(edge.values()), expected);
    findings.equal("hub and edge", hub, edge);
    findings.equal("table made from the events and hub", data.ledger().table(), hub);
    findings.counted("documents created twice", data.ledger().repeated("c").size(), 0);
    findings.counted("documents deleted twice", data.ledger().repeated("d").size(), 0);
  }
}
