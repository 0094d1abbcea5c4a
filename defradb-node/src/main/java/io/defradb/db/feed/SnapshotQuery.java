package io.defradb.db.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents to stream.
 *
 * @param collections names
 * @param after where an earlier stream was cut off; {@code null}: from the first document
 */
public record SnapshotQuery(List<String> collections, Shard shard, @Nullable After after) {
  /** The last document that was received. */
  public record After(String collectionId, String docId) {}

  public SnapshotQuery {
    collections = List.copyOf(collections);
  }
}
