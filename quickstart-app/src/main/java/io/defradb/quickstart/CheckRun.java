package io.defradb.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asserts, with a crash of worker and node in between, that nothing is lost, doubled or changed on
 * its way.
 */
final class CheckRun {
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final DataRun data;
  private final Bridge bridge;
  private final Terminal terminal;
  private final Findings findings;

  CheckRun(DataRun data, Bridge bridge, Terminal terminal) {
    this.data = data;
    this.bridge = bridge;
    this.terminal = terminal;
    this.findings = new Findings(terminal);
  }

  /** True when every assertion held. */
  boolean run(List<Airport> airports) throws InterruptedException {
    Map<String, Airport> expected = Findings.byKey(airports);
    terminal.line("Load: every record becomes one document, every document one create event");
    data.write(airports);
    data.awaitDocuments(airports.size());
    data.awaitEvents(airports.size());
    data.awaitQuiet(QUIET);
    compare(expected);
    findings.counted("create events", data.ledger().count("c"), airports.size());

    terminal.line("Crash: kill -9 for worker and node while updates and deletes are on their way");
    Edits edits = Edits.of(airports);
    edits.applyTo(expected);
    data.write(edits.updated());
    bridge.restartWorker();
    data.delete(edits.deletedKeys());
    bridge.restartEntry();
    data.awaitDocuments(expected.size());
    data.awaitEvents(airports.size() + edits.events());
    data.awaitQuiet(QUIET);
    compare(expected);
    edits.assertEvents(findings, data.ledger(), airports.size());
    return findings.report();
  }

  private void compare(Map<String, Airport> expected) throws InterruptedException {
    Map<String, Airport> documents = bridge.entry().airports();
    findings.counted("documents", documents.size(), expected.size());
    findings.equal(
        "documents with the records' values", Findings.byKey(documents.values()), expected);
    findings.equal("table made from the events", data.ledger().table(), documents);
    findings.counted("documents created twice", data.ledger().repeated("c").size(), 0);
    findings.counted("documents deleted twice", data.ledger().repeated("d").size(), 0);
  }
}
