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
 * Asserts that the lake's current rows are the hub's collection, row by row and value by value,
 * after everything that makes the two drift apart elsewhere: updates, deletes, keys used again,
 * conflicting edits that are merged, late updates of what was deleted, a new field, and a writer
 * that is killed.
 */
final class LakeCheckRun {
  private static final int UPDATED = 500;
  private static final int DELETED = 200;
  private static final int REUSED = 50;
  private static final int DISPUTED = 20;
  private static final int DOOMED = 10;
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
    terminal.line("Load: every record enters at the edge and becomes a row of the lake");
    data.write(airports);
    data.awaitDocuments(airports.size());
    compare(airports.size());

    meter.enter("updates, deletes, writer killed");
    terminal.line("Updates, deletes and keys used again, the lake's writer killed meanwhile");
    data.write(
        airports.subList(0, UPDATED).stream()
            .map(a -> a.renamed(a.name() + " (renamed)"))
            .toList());
    List<Airport> deleted = airports.subList(UPDATED, UPDATED + DELETED);
    data.delete(deleted.stream().map(Airport::iata).toList());
    lake.kill();
    data.awaitDocuments(airports.size() - DELETED);
    data.write(
        deleted.subList(0, REUSED).stream().map(a -> a.renamed(a.name() + " (again)")).toList());
    int living = airports.size() - DELETED + REUSED;
    data.awaitDocuments(living);
    lake.start();
    compare(living);

    meter.enter("edge and hub parted, then merged");
    terminal.line("Conflict: edge and hub, parted, edit the same airports; a field is new");
    bridge.restartExit(false);
    List<String> disputed = new ArrayList<>(bridge.exit().rows().keySet());
    disputed.sort(null);
    for (String docId : disputed.subList(0, DISPUTED)) {
      bridge.exit().update(docId, Map.of("name", "as the hub calls it", "city", "Hub City"));
      bridge.entry().update(docId, Map.of("name", "as the edge calls it"));
      bridge.entry().update(docId, Map.of("name", "as the edge calls it now"));
    }
    for (String docId : disputed.subList(2 * DISPUTED, 2 * DISPUTED + DOOMED)) {
      bridge.exit().delete(docId);
      bridge.entry().update(docId, Map.of("name", "too late"));
    }
    living -= DOOMED;
    bridge.restartExit(true);
    bridge.addField("elevation", "Int");
    for (String docId : disputed.subList(DISPUTED, 2 * DISPUTED)) {
      bridge.entry().update(docId, Map.of("elevation", 4_321));
    }
    data.awaitAcknowledged();
    compare(living);
    Map<String, Map<String, String>> hub = bridge.exit().rows();
    findings.counted("merged as the edge wrote last", having(hub, "name", "as the edge"), DISPUTED);
    findings.counted("merged with the hub's city", having(hub, "city", "Hub City"), DISPUTED);
    findings.counted("alive by a late update", having(hub, "name", "too late"), 0);
    findings.counted("with the new field", having(hub, "elevation", "4321"), DISPUTED);
    data.awaitQuiet(QUIET);
    findings.counted("changes kept, as in the topic", changes(), data.ledger().size());
    return findings.report();
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
    findings.equal("rows of the lake and hub", rows, hub);
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
