package io.defradb.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.defradb.quickstart.chart.RunMeter;
import io.defradb.quickstart.server.QuickstartFailure;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asserts that the lake's current rows are the collection of every node, row by row and value by
 * value, after everything that makes them drift apart elsewhere: updates, deletes, keys used again,
 * edits by two edges and a hub that did not know of each other and are merged, late updates of what
 * was deleted, a new field, and a writer that is killed.
 */
final class LakeCheckRun {
  private static final int REUSED = 50;
  private static final int DISPUTED = 100;
  private static final int DOOMED = 20;
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LAKE_WAIT = Duration.ofSeconds(120);

  private final DataRun data;
  private final Bridge bridge;
  private final LakeServer lake;
  private final Terminal terminal;
  private final RunMeter meter;
  private final Findings findings;

  LakeCheckRun(DataRun data, Bridge bridge, LakeServer lake, Terminal terminal, RunMeter meter) {
    this.meter = meter;
    this.data = data;
    this.bridge = bridge;
    this.lake = lake;
    this.terminal = terminal;
    this.findings = new Findings(terminal);
  }

  /** True when every assertion held. */
  boolean run(List<Airport> airports) throws InterruptedException {
    meter.enter("load");
    terminal.line("Load: every record enters at edge 1, is told to the others, and becomes a row");
    data.write(airports);
    data.awaitDocuments(airports.size());
    compare(airports.size());

    meter.enter("updates, deletes, writer killed");
    terminal.line("Updates, deletes and keys used again, the lake's writer killed meanwhile");
    Edits edits = Edits.of(airports);
    data.write(edits.updated());
    data.delete(edits.deletedKeys());
    lake.kill();
    data.awaitDocuments(airports.size() - edits.deleted().size());
    data.write(
        edits.deleted().subList(0, REUSED).stream()
            .map(a -> a.renamed(a.name() + " (again)"))
            .toList());
    int living = airports.size() - edits.deleted().size() + REUSED;
    data.awaitDocuments(living);
    lake.start();
    compare(living);

    meter.enter("hub and edges parted, then merged");
    terminal.line("Conflict: hub and edges, each alone, edit the same airports; a field is new");
    bridge.restartExit(false);
    bridge.addField("elevation", "Int");
    List<String> docIds = new ArrayList<>(bridge.exit().rows().keySet());
    docIds.sort(null);
    quarrel(docIds);
    living -= 2 * DOOMED;
    bridge.restartExit(true);
    data.awaitDocuments(living);
    data.awaitAcknowledged();
    compare(living);
    Map<String, Map<String, String>> hub = bridge.exit().rows();
    findings.counted("merged as edge 1 wrote last", having(hub, "name", "by edge 1"), DISPUTED);
    findings.counted("with the greater of equal heights", having(hub, "city", "edge 2"), DISPUTED);
    findings.counted("with what the hub alone wrote", having(hub, "state", "HUB"), DISPUTED);
    findings.counted("alive by a late update", having(hub, "name", "too late"), 0);
    findings.counted("with the new field, of either edge", having(hub, "elevation", "4"), DISPUTED);
    long kept = changes();
    data.awaitEvents(kept);
    data.awaitQuiet(QUIET);
    findings.counted("changes kept, as in the topic", kept, data.ledger().size());
    return findings.report();
  }

  /**
   * What nodes do that cannot hear each other. Of two values the one of the greater height stays,
   * at equal heights the greater one; of a delete and an update, the delete.
   */
  private void quarrel(List<String> docIds) throws InterruptedException {
    NodeApi first = bridge.entry();
    NodeApi second = bridge.nodes().get(1).api();
    NodeApi hub = bridge.exit();
    List<String> disputed = docIds.subList(0, DISPUTED);
    hub.update(disputed, Map.of("name", "by the hub", "state", "HUB"));
    second.update(disputed, Map.of("name", "by edge 2", "city", "edge 2's city"));
    first.update(disputed, Map.of("name", "by edge 1", "city", "edge 1's city"));
    first.update(disputed, Map.of("name", "by edge 1, again"));
    int measured = DISPUTED + DISPUTED / 2;
    first.update(docIds.subList(DISPUTED, measured), Map.of("elevation", 4_321));
    second.update(docIds.subList(measured, 2 * DISPUTED), Map.of("elevation", 4_322));
    List<String> doomed = docIds.subList(2 * DISPUTED, 2 * DISPUTED + DOOMED);
    hub.delete(doomed);
    first.update(doomed, Map.of("name", "too late"));
    List<String> lost = docIds.subList(2 * DISPUTED + DOOMED, 2 * DISPUTED + 2 * DOOMED);
    second.delete(lost);
    first.update(lost, Map.of("name", "too late"));
    hub.update(lost, Map.of("name", "too late"));
  }

  private long changes() throws InterruptedException {
    List<String> rows =
        lake.ask(
            "sql", "--dir", lake.folder().toString(), "SELECT count(*) FROM \"Airport_changes\"");
    return rows.size() < 2 ? 0 : Long.parseLong(rows.get(1));
  }

  private static String digest(Map<String, Map<String, String>> rows) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(new TreeMap<>(rows).toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static long having(Map<String, Map<String, String>> rows, String field, String start) {
    return rows.values().stream()
        .filter(row -> row.getOrDefault(field, "").startsWith(start))
        .count();
  }

  private void compare(long count) throws InterruptedException {
    Map<String, Map<String, String>> hub = bridge.exit().rows();
    Map<String, Map<String, String>> rows = awaitRows(hub);
    findings.counted("documents in the hub", hub.size(), count);
    for (BridgeNode node : bridge.nodes()) {
      findings.equal("rows of lake and " + node.place().name(), rows, node.api().rows());
    }
    terminal.line("       SHA-256 of all rows  hub %s", digest(hub));
    terminal.line("                           lake %s", digest(rows));
  }

  private Map<String, Map<String, String>> awaitRows(Map<String, Map<String, String>> hub)
      throws InterruptedException {
    long end = System.nanoTime() + LAKE_WAIT.toNanos();
    Map<String, Map<String, String>> rows = lake.airports();
    while (!rows.equals(hub) && System.nanoTime() < end) {
      bridge.requireAlive();
      lake.requireAlive();
      Thread.sleep(200);
      rows = lake.airports();
    }
    if (rows.isEmpty()) {
      throw new QuickstartFailure("The lake holds nothing after " + LAKE_WAIT.toSeconds() + " s");
    }
    return rows;
  }
}
