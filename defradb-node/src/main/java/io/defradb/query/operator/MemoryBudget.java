package io.defradb.query.operator;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Counts, about, the bytes that one request holds. For one thread. */
public final class MemoryBudget {
  /** What a key in a hash table or a DocID in a list holds, about. */
  public static final long KEY_BYTES = 128;

  private final long bytesMax;
  private long taken;

  public MemoryBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Throws TOO_LARGE when there are no more. */
  public void take(long bytes) {
    taken += bytes;
    if (taken > bytesMax) {
      throw new DefraException(
          ErrorCode.TOO_LARGE,
          "request needs more memory for sorting, grouping or joining than it may hold",
          "MaxBytes",
          bytesMax);
    }
  }

  void giveBack(long bytes) {
    taken -= bytes;
  }
}
