package io.defradb.client;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to read of the change feed.
 *
 * @param feedId empty: whatever feed the node has
 * @param since entries after this {@code seq}
 * @param patience how long the node may wait for a first entry; zero: not at all
 * @param isFolded one entry for each document and transaction
 * @param include any of {@code before}, {@code after}, {@code delta}, {@code block}, {@code
 *     fields}, {@code signature}
 */
public record ChangeQuery(
    String feedId,
    long since,
    int limit,
    Duration patience,
    List<String> collections,
    int shard,
    int shards,
    boolean isFolded,
    Set<String> include) {

  public ChangeQuery {
    collections = List.copyOf(collections);
    include = Set.copyOf(include);
  }

  public ChangeQuery after(String newFeedId, long newSince) {
    return new ChangeQuery(
        newFeedId, newSince, limit, patience, collections, shard, shards, isFolded, include);
  }

  public ChangeQuery atMost(int newLimit) {
    return new ChangeQuery(
        feedId, since, newLimit, patience, collections, shard, shards, isFolded, include);
  }

  String toQuery() {
    var query = new StringBuilder("?since=").append(since).append("&limit=").append(limit);
    if (!patience.isZero()) {
      query.append("&feed=longpoll&timeout=").append(patience.toMillis());
    }
    if (!feedId.isEmpty()) {
      query.append("&feedId=").append(DefraClient.encode(feedId));
    }
    if (!collections.isEmpty()) {
      query.append("&collections=").append(DefraClient.encode(String.join(",", collections)));
    }
    if (shards > 1) {
      query.append("&shard=").append(shard).append('/').append(shards);
    }
    if (isFolded) {
      query.append("&fold=document");
    }
    if (!include.isEmpty()) {
      query.append("&include=").append(String.join(",", new java.util.TreeSet<>(include)));
    }
    return query.toString();
  }
}
