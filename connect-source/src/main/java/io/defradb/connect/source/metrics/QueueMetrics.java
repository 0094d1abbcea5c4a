package io.defradb.connect.source.metrics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much waits between the threads that read the feed and the task. Safe for use by many threads.
 */
public final class QueueMetrics {
  private final AtomicInteger entries = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger entriesMax = new AtomicInteger();
  private final AtomicLong bytesMax = new AtomicLong();

  /** One more reader, that holds at most so much. */
  public void allow(int moreEntries, long moreBytes) {
    entriesMax.addAndGet(moreEntries);
    bytesMax.addAndGet(moreBytes);
  }

  public void added(int moreEntries, long moreBytes) {
    entries.addAndGet(moreEntries);
    bytes.addAndGet(moreBytes);
  }

  public void taken(int fewerEntries, long fewerBytes) {
    entries.addAndGet(-fewerEntries);
    bytes.addAndGet(-fewerBytes);
  }

  /** All readers are gone, and what they held. */
  public void forget() {
    entries.set(0);
    bytes.set(0);
    entriesMax.set(0);
    bytesMax.set(0);
  }

  int capacity() {
    return entriesMax.get();
  }

  int remaining() {
    return Math.max(0, entriesMax.get() - entries.get());
  }

  long bytes() {
    return bytes.get();
  }

  long bytesMax() {
    return bytesMax.get();
  }
}
