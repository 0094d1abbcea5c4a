package io.defradb.client;

import java.util.List;

/**
 * Which documents to stream.
 *
 * @param afterCollectionId with {@code afterDocId}: go on after that document; both empty: from the
 *     first
 * @param limit documents at most; 0: all
 */
public record SnapshotQuery(
    List<String> collections,
    int shard,
    int shards,
    String afterCollectionId,
    String afterDocId,
    int limit) {

  public SnapshotQuery {
    collections = List.copyOf(collections);
  }

  String toQuery() {
    var query =
        new StringBuilder("?collections=")
            .append(DefraClient.encode(String.join(",", collections)));
    if (shards > 1) {
      query.append("&shard=").append(shard).append('/').append(shards);
    }
    if (!afterDocId.isEmpty()) {
      query.append("&afterCollectionID=").append(DefraClient.encode(afterCollectionId));
      query.append("&afterDocID=").append(DefraClient.encode(afterDocId));
    }
    if (limit > 0) {
      query.append("&limit=").append(limit);
    }
    return query.toString();
  }
}
