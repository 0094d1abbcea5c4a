package io.defradb.connect.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.settings.CollectionChoice;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.error.DefraException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the collections that a connector without fixed names reads, and says when there are others
 * than before. Looks on a thread of its own; close it.
 */
final class CollectionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionWatch.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final DefraClient client;
  private final CollectionChoice choice;
  private final Duration every;
  private final Runnable onChange;
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread;
  private List<String> known = List.of();

  /** {@code onChange}: called by the watch's thread. */
  CollectionWatch(SourceSettings settings, Runnable onChange) {
    this.client = settings.node().client(Clock.systemUTC());
    this.choice = settings.choice();
    this.every = settings.discovery();
    this.onChange = onChange;
    this.thread = new Thread(this::run, "defradb-collections-" + settings.name());
    thread.setDaemon(true);
  }

  /** What is there now, sorted; while the node is away, what was there before. */
  List<String> look() throws InterruptedException {
    List<String> names = new ArrayList<>();
    try {
      for (JsonNode collection : client.call("GET", "/collections", null)) {
        names.add(collection.path("schema").path("Name").asText());
      }
    } catch (DefraException e) {
      long failed = failures.incrementAndGet();
      if (Long.bitCount(failed) == 1) { // ever more rarely
        LOG.warn(
            "The node cannot be asked for its collections (failure {} in a row): {}",
            failed,
            e.getMessage());
      }
      return known();
    }
    failures.set(0);
    List<String> chosen = choice.of(names.stream().sorted().toList());
    synchronized (this) {
      known = chosen;
    }
    return chosen;
  }

  private synchronized List<String> known() {
    return known;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(every.toMillis());
        List<String> before = known();
        List<String> now = look();
        if (!now.equals(before)) {
          LOG.info("The collections to read are {} now, and were {}", now, before);
          onChange.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
