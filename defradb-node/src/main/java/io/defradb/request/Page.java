package io.defradb.request;

import org.jspecify.annotations.Nullable;

/**
 * Limit and offset as they were given; {@code null}: not given. Both count without a sign, as in
 * the reference: a negative one is more than there ever is.
 *
 * @param limit at most so many; 0: all, but none of an array or of the members of a group
 * @param offset so many are left out before them
 */
public record Page(@Nullable Long limit, @Nullable Long offset) {
  public static final Page WHOLE = new Page(null, null);

  public boolean isGiven() {
    return limit != null || offset != null;
  }

  /** How many of the first rows are left out. */
  public long skipped() {
    long first = offset == null ? 0 : offset;
    // Nothing lies before a sum of limit and offset that begins anew.
    boolean isOver = limit != null && limit < 0 && first > 0 && limit + first >= 0;
    return first < 0 || isOver ? Long.MAX_VALUE : first;
  }

  /** How many rows are taken at most; 0: all. */
  public long taken() {
    return limit == null ? 0 : Math.max(limit, 0);
  }

  /** Whether this takes nothing of a list that an object holds: an array, or a group's members. */
  public boolean isOfNone() {
    return isGiven() && (limit == null || limit == 0);
  }
}
