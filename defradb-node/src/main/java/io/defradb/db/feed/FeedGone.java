package io.defradb.db.feed;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** The reader's place is not in this feed: another feed's, beyond the end, or no longer kept. */
public final class FeedGone extends DefraException {
  private static final long serialVersionUID = 1L;

  private final String feedId;
  private final long oldestSeq;
  private final long newestSeq;

  FeedGone(String text, String feedId, long oldestSeq, long newestSeq) {
    super(ErrorCode.FEED_GONE, text, "FeedID", feedId);
    this.feedId = feedId;
    this.oldestSeq = oldestSeq;
    this.newestSeq = newestSeq;
  }

  /** The current one. */
  public String feedId() {
    return feedId;
  }

  /** The first entry that the same request could be answered from. */
  public long oldestSeq() {
    return oldestSeq;
  }

  public long newestSeq() {
    return newestSeq;
  }
}
