package io.defradb.quickstart;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C. Ends the work of one thread before what it works with is taken away: made on the working
 * thread, which says {@link #leave} at its end; {@link #end} may come from any thread.
 */
final class Interruption {
  private static final Duration LEAVE_WAIT = Duration.ofSeconds(10);

  private final Thread working = Thread.currentThread();
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile boolean hasCome;

  /** True from the moment the user wanted an end: what the work throws from then on is its echo. */
  boolean hasCome() {
    return hasCome;
  }

  /** The work is over, whether it was interrupted or not. */
  void leave() {
    left.countDown();
  }

  /**
   * Interrupts the work and waits until it is over, for a bounded time. True when there was work to
   * interrupt.
   */
  boolean end() {
    if (left.getCount() == 0) {
      return false;
    }
    hasCome = true;
    working.interrupt();
    try {
      if (!left.await(LEAVE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        working.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
