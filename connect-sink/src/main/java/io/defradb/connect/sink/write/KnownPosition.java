package io.defradb.connect.sink.write;

import java.util.OptionalLong;

/**
 * What the node has of a partition, and so where delivery begins.
 *
 * @param identity what the cluster says of the topic now
 * @param feedId which node this is, and which of its lives
 * @param offset the greatest that is stored; -1: none
 * @param digest of the record there; empty: none, or not to be compared
 * @param deliveredFrom the first offset to deliver; empty: where the consumer group says
 */
public record KnownPosition(
    TopicIdentity identity, String feedId, long offset, String digest, OptionalLong deliveredFrom) {
  private static final long NONE = -1;

  public boolean isStored() {
    return offset > NONE;
  }

  /** Of a partition of which the node has nothing. */
  public static KnownPosition none(TopicIdentity identity, String feedId) {
    return new KnownPosition(identity, feedId, NONE, "", OptionalLong.empty());
  }

  /**
   * As {@link #none}, whatever the consumer group has committed: delivery begins at {@code offset}.
   */
  public static KnownPosition from(TopicIdentity identity, String feedId, long offset) {
    return new KnownPosition(identity, feedId, NONE, "", OptionalLong.of(offset));
  }

  /**
   * A stored position. With a digest the record there is delivered again: it proves the topic to be
   * the same.
   */
  public static KnownPosition stored(
      TopicIdentity identity, String feedId, long offset, String digest) {
    return new KnownPosition(
        identity, feedId, offset, digest, OptionalLong.of(digest.isEmpty() ? offset + 1 : offset));
  }
}
