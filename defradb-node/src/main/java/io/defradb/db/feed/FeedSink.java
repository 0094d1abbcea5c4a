package io.defradb.db.feed;

import io.defradb.document.JsonWriter;

/** Where a reader's entries go. */
public interface FeedSink {
  /** One JSON value, valid until the call returns. */
  void accept(long seq, JsonWriter json);

  /** Whether the reader should stop for now. */
  boolean isFull();
}
