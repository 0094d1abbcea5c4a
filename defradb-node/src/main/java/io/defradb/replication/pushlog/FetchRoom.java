package io.defradb.replication.pushlog;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all fetches keep in memory together: blocks that are not stored yet, and CIDs that were
 * seen. While it is too much, each fetch stores what it has, and looks no further. Safe for use by
 * many threads.
 */
final class FetchRoom {
  private static final long BYTES_MAX = 32L << 20;
  private static final int CIDS_MAX = 1_000_000;

  /** What one fetch may keep in any case. */
  private static final int FAIR_BYTES = 64 << 10;

  private static final int FAIR_CIDS = 1_000;

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger cids = new AtomicInteger();

  void addBytes(long more) {
    bytes.addAndGet(more);
  }

  /** Whether a fetch with {@code own} bytes is to store them now. */
  boolean isFull(long own) {
    return own > FAIR_BYTES && bytes.get() > BYTES_MAX;
  }

  /** Whether a fetch that has seen {@code own} CIDs may look at one more; then it counts. */
  boolean addCid(int own) {
    if (cids.incrementAndGet() <= CIDS_MAX || own < FAIR_CIDS) {
      return true;
    }
    cids.decrementAndGet();
    return false;
  }

  void release(long releasedBytes, int releasedCids) {
    bytes.addAndGet(-releasedBytes);
    cids.addAndGet(-releasedCids);
  }
}
