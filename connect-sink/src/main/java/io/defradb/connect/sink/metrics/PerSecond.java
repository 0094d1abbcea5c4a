package io.defradb.connect.sink.metrics;

import java.util.function.LongSupplier;

/** How many a second, over the last minute. Safe for use by many threads. */
final class PerSecond {
  private static final int SECONDS = 60;
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final long[] counts = new long[SECONDS];
  private final LongSupplier nanoTime;
  private final long begin;
  private long second;

  /** {@code nanoTime}: as {@link System#nanoTime}. */
  PerSecond(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  synchronized void add(long count) {
    advance();
    counts[(int) (second % SECONDS)] += count;
  }

  synchronized double value() {
    advance();
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return (double) sum / Math.min(SECONDS, second + 1);
  }

  /** Empties the places of seconds that have passed. */
  private void advance() {
    long now = (nanoTime.getAsLong() - begin) / NANOS_A_SECOND;
    for (long next = Math.max(second + 1, now - SECONDS + 1); next <= now; next++) {
      counts[(int) (next % SECONDS)] = 0;
    }
    second = Math.max(second, now);
  }
}
