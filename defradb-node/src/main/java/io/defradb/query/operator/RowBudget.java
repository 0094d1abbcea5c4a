package io.defradb.query.operator;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Counts the rows that one request holds. For one thread. */
final class RowBudget {
  private final long max;
  private long taken;

  RowBudget(long max) {
    this.max = max;
  }

  /** Throws TOO_LARGE when there are no more. */
  void take(long rows) {
    taken += rows;
    if (taken > max) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "request holds too many rows in memory", "Max", max);
    }
  }

  void giveBack(long rows) {
    taken -= rows;
  }
}
