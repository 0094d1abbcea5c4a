package io.defradb.query.operator;

/**
 * What one request may hold in memory; one that needs more fails with TOO_LARGE, a limit for the
 * process is the number of requests at a time times these.
 *
 * @param bytesHeldMax bytes, about, that sorts, groups, joins and pending changes keep at one time,
 *     together
 * @param answerBytesMax bytes of the answer's JSON
 */
public record QueryLimits(long bytesHeldMax, long answerBytesMax) {
  private static final long MEBIBYTE = 1L << 20;

  /** Sorts about 200,000 five-field documents. */
  public static final QueryLimits DEFAULT = new QueryLimits(128 * MEBIBYTE, 128 * MEBIBYTE);
}
