package io.defradb.connect.source.stream;

import java.time.Duration;

/**
 * Tells a task that one of its shards has something, whichever it is. Safe for use by many threads.
 */
public final class Arrivals {
  private long count;

  /** How many there were; ask before looking, so that none comes unseen between look and wait. */
  public synchronized long count() {
    return count;
  }

  /** A page, or what ended the reading. */
  synchronized void add() {
    count++;
    notifyAll();
  }

  /** Returns as soon as there were more than {@code seen}, or when time is up. */
  public synchronized void awaitAfter(long seen, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long rest = patience.toNanos(); count == seen && rest > 0; ) {
      wait(rest / 1_000_000, (int) (rest % 1_000_000));
      rest = end - System.nanoTime();
    }
  }
}
