package io.defradb.connect.source;

import io.defradb.connect.source.settings.ReadLimits;
import java.time.Duration;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits longer after each failure in a row, and says so the first time and then ever more rarely.
 * For one thread.
 */
public final class Backoff {
  private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);
  private static final Duration FIRST = Duration.ofMillis(200);

  private final String what;
  private final ReadLimits limits;
  private Duration next;
  private long failures;

  /** {@code what}: is being asked for, in log lines. */
  public Backoff(String what, ReadLimits limits) {
    this.what = what;
    this.limits = limits;
    this.next = first();
  }

  public void succeeded() {
    if (failures > 0) {
      LOG.info("The node answers again for {}, after {} tries", what, failures);
    }
    failures = 0;
    next = first();
  }

  private Duration first() {
    return shorter(FIRST);
  }

  private Duration shorter(Duration pause) {
    return pause.compareTo(limits.pauseMax()) < 0 ? pause : limits.pauseMax();
  }

  /** Returns after a pause; throws when that was one failure in a row too many. */
  public void failed(RuntimeException e) throws InterruptedException {
    failures++;
    if (limits.retriesMax() >= 0 && failures > limits.retriesMax()) {
      throw new ConnectException(
          "The node cannot be asked for "
              + what
              + ", after "
              + failures
              + " tries: "
              + e.getMessage(),
          e);
    }
    if (Long.bitCount(failures) == 1) {
      LOG.warn(
          "The node cannot be asked for {} (failure {} in a row): {}",
          what,
          failures,
          e.getMessage());
    }
    Thread.sleep(next.toMillis());
    next = shorter(next.multipliedBy(2));
  }
}
