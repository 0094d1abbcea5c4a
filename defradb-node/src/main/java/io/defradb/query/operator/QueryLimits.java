package io.defradb.query.operator;

/**
 * What one request may hold in memory.
 *
 * @param rowsHeldMax rows that sorts, groups, joins and pending changes keep at one time, together;
 *     a request that needs more fails with TOO_LARGE
 */
public record QueryLimits(long rowsHeldMax) {
  /** About 150 MB of five-field documents. */
  public static final QueryLimits DEFAULT = new QueryLimits(250_000);
}
