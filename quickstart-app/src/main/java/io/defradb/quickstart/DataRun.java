package io.defradb.quickstart;

import io.defradb.quickstart.server.QuickstartFailure;
import io.defradb.quickstart.server.ServerSettings;
import java.time.Duration;
import java.util.List;

/**
 * Loads the data set into Kafka and follows it: into documents by the sink, and out as events by
 * the source.
 */
final class DataRun {
  /** Something that is being counted while it grows. */
  @FunctionalInterface
  private interface Count {
    long now() throws InterruptedException;
  }

  private static final Duration STEP_WAIT = Duration.ofSeconds(180);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ServerSettings settings;
  private final Bridge bridge;
  private final Terminal terminal;
  private final EventsTopic events;
  private final EventLedger ledger = new EventLedger();

  DataRun(ServerSettings settings, Bridge bridge, Terminal terminal, EventsTopic events) {
    this.settings = settings;
    this.bridge = bridge;
    this.terminal = terminal;
    this.events = events;
  }

  EventLedger ledger() {
    return ledger;
  }

  void write(List<Airport> airports) {
    long began = System.nanoTime();
    try (var topic = new RecordsTopic(settings.kafkaAddress())) {
      topic.write(
          airports, sent -> terminal.progress("records to Kafka", sent, airports.size(), began));
    }
  }

  void delete(List<String> iatas) {
    try (var topic = new RecordsTopic(settings.kafkaAddress())) {
      topic.writeTombstones(iatas);
    }
    terminal.line("  %-34s %,7d", "tombstones to Kafka", iatas.size());
  }

  /** Waits until every node holds {@code count} live documents. */
  void awaitDocuments(long count) throws InterruptedException {
    for (BridgeNode node : bridge.nodes()) {
      await(documentsIn(node), count, () -> node.api().count(), POLL);
    }
  }

  /** The same of the node that records enter. */
  void awaitEntered(long count) throws InterruptedException {
    BridgeNode entry = bridge.nodes().get(0);
    await(documentsIn(entry), count, () -> entry.api().count(), POLL);
  }

  /**
   * Waits until every node's peers have acknowledged everything. The hub is asked last: what it has
   * taken from the others, and not told on, is in its own count by then.
   */
  void awaitAcknowledged() throws InterruptedException {
    await("not acknowledged", 0, this::unacknowledged, POLL);
  }

  private long unacknowledged() throws InterruptedException {
    long count = 0;
    for (BridgeNode node : bridge.nodes()) {
      count += node.api().unacknowledged();
    }
    return count;
  }

  private static String documentsIn(BridgeNode node) {
    return "documents in the " + node.place().name();
  }

  /** Waits until {@code count} events of all kinds have been read. */
  void awaitEvents(long count) throws InterruptedException {
    await(
        "events from the source",
        count,
        () -> {
          ledger.add(events.read(POLL));
          return ledger.size();
        },
        Duration.ZERO);
  }

  /** Reads on for a while: an event too many would show itself. */
  void awaitQuiet(Duration quiet) {
    long end = System.nanoTime() + quiet.toNanos();
    while (System.nanoTime() < end) {
      ledger.add(events.read(POLL));
    }
  }

  private void await(String what, long total, Count count, Duration pause)
      throws InterruptedException {
    long began = System.nanoTime();
    long first = count.now();
    long now = first;
    while (first < total ? now < total : now > total) {
      if (System.nanoTime() - began > STEP_WAIT.toNanos()) {
        throw new QuickstartFailure(
            String.format(
                "%,d %s expected, %,d after %d s", total, what, now, STEP_WAIT.toSeconds()));
      }
      bridge.requireAlive();
      terminal.progress(what, now, Math.max(total, now + 1), began);
      Thread.sleep(pause.toMillis());
      now = count.now();
    }
    terminal.progress(what, now, total, began);
  }
}
