package io.defradb.connect.sink.write;

import java.util.OptionalLong;

/**
 * What the node has of a partition, and so where delivery begins.
 *
 * @param identity what the cluster says of the topic now
 * @param offset the greatest that is stored; -1: none
 * @param digest of the record there; empty: none, or not to be compared
 * @param deliveredFrom the first offset to deliver; empty: where the consumer group says
 */
public record KnownPosition(
    TopicIdentity identity, long offset, String digest, OptionalLong deliveredFrom) {
  private static final long NONE = -1;

  /** Of a partition of which the node has nothing. */
  public static KnownPosition none(TopicIdentity identity) {
    return new KnownPosition(identity, NONE, "", OptionalLong.empty());
  }

  /** As {@link #none}, whatever the consumer group has committed. */
  public static KnownPosition beginning(TopicIdentity identity) {
    return new KnownPosition(identity, NONE, "", OptionalLong.of(0));
  }

  /**
   * A stored position. With a digest the record there is delivered again: it proves the topic to be
   * the same.
   */
  public static KnownPosition stored(TopicIdentity identity, long offset, String digest) {
    return new KnownPosition(
        identity, offset, digest, OptionalLong.of(digest.isEmpty() ? offset + 1 : offset));
  }
}
