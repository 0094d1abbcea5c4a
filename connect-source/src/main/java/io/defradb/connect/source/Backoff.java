package io.defradb.connect.source;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits longer after each failure in a row, and says so the first time and then ever more rarely.
 * For one thread.
 */
public final class Backoff {
  private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration MAX = Duration.ofSeconds(10);

  private final String what;
  private Duration next = FIRST;
  private long failures;

  /** {@code what}: is being asked for, in log lines. */
  public Backoff(String what) {
    this.what = what;
  }

  public void succeeded() {
    if (failures > 0) {
      LOG.info("The node answers again for {}, after {} tries", what, failures);
    }
    failures = 0;
    next = FIRST;
  }

  /** Returns after a pause. */
  public void failed(RuntimeException e) throws InterruptedException {
    failures++;
    if (Long.bitCount(failures) == 1) {
      LOG.warn(
          "The node cannot be asked for {} (failure {} in a row): {}",
          what,
          failures,
          e.getMessage());
    }
    Thread.sleep(next.toMillis());
    next = next.multipliedBy(2).compareTo(MAX) > 0 ? MAX : next.multipliedBy(2);
  }
}
