package io.defradb.node;

import java.util.function.LongSupplier;

/**
 * Notices that nothing has been committed for a while after much was, and then tidies up, once.
 * Asked at an even pace by one thread.
 */
final class QuietTime implements Runnable {
  /** Fewer than these are not worth a table file. */
  static final long COMMITS_MIN = 1_000;

  private final LongSupplier lastSeq;
  private final Runnable tidying;
  private long seen;
  private long tidied;

  /** What is there already counts as tidy. */
  QuietTime(LongSupplier lastSeq, Runnable tidying) {
    this.lastSeq = lastSeq;
    this.tidying = tidying;
    this.seen = lastSeq.getAsLong();
    this.tidied = seen;
  }

  @Override
  public void run() {
    long now = lastSeq.getAsLong();
    if (now == seen && now - tidied >= COMMITS_MIN) {
      tidied = now;
      tidying.run();
    }
    seen = now;
  }
}
