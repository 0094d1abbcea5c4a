package io.defradb.client;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to read of the change feed.
 *
 * @param feedId empty: whatever feed the node has
 * @param since entries after this {@code seq}
 * @param patience how long the node may wait for a first entry; zero: not at all
 * @param docIds empty: all documents
 * @param origins any of {@code local}, {@code remote}, {@code ingest}; empty: all
 * @param kinds any of "document", "collection", "schema" and "access"; empty: documents
 * @param isFolded one entry for each document and transaction
 * @param include any of {@code before}, {@code after}, {@code delta}, {@code block}, {@code
 *     fields}, {@code signature}, {@code conflicts}
 */
public record ChangeQuery(
    String feedId,
    long since,
    int limit,
    Duration patience,
    List<String> collections,
    int shard,
    int shards,
    Set<String> docIds,
    Set<String> origins,
    Set<String> kinds,
    boolean isFolded,
    Set<String> include) {

  public ChangeQuery {
    collections = List.copyOf(collections);
    docIds = Set.copyOf(docIds);
    origins = Set.copyOf(origins);
    kinds = Set.copyOf(kinds);
    include = Set.copyOf(include);
  }

  public ChangeQuery after(String newFeedId, long newSince) {
    return with(newFeedId, newSince, limit, patience);
  }

  public ChangeQuery atMost(int newLimit) {
    return with(feedId, since, newLimit, patience);
  }

  public ChangeQuery waiting(Duration newPatience) {
    return with(feedId, since, limit, newPatience);
  }

  private ChangeQuery with(String newFeedId, long newSince, int newLimit, Duration newPatience) {
    return new ChangeQuery(
        newFeedId,
        newSince,
        newLimit,
        newPatience,
        collections,
        shard,
        shards,
        docIds,
        origins,
        kinds,
        isFolded,
        include);
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
    list(query, "docIDs", docIds);
    list(query, "origin", origins);
    list(query, "kinds", kinds);
    if (isFolded) {
      query.append("&fold=document");
    }
    list(query, "include", include);
    return query.toString();
  }

  private static void list(StringBuilder query, String name, Set<String> items) {
    if (!items.isEmpty()) {
      String joined = String.join(",", new TreeSet<>(items));
      query.append('&').append(name).append('=').append(DefraClient.encode(joined));
    }
  }
}
