package io.defradb.db.feed;

import io.defradb.db.log.LogEntry;
import io.defradb.db.log.Origin;
import java.util.Set;

/**
 * What a reader wants of the feed.
 *
 * @param collections names; empty: all
 * @param docIds empty: all
 * @param origins empty: all
 * @param isFolded one entry for each document and transaction
 */
public record FeedQuery(
    Set<String> collections,
    Set<String> docIds,
    Shard shard,
    Set<LogEntry.Kind> kinds,
    Set<OriginKind> origins,
    Set<Part> parts,
    boolean isFolded) {

  /** Origins, without their details. */
  public enum OriginKind {
    LOCAL,
    REMOTE,
    INGEST;

    static OriginKind of(Origin origin) {
      if (origin instanceof Origin.Remote) {
        return REMOTE;
      }
      return origin instanceof Origin.Ingest ? INGEST : LOCAL;
    }
  }

  /** What an entry carries beside its description. */
  public enum Part {
    BEFORE,
    AFTER,
    DELTA,
    BLOCK,
    FIELDS,
    SIGNATURE,
    CONFLICTS
  }

  public FeedQuery {
    collections = Set.copyOf(collections);
    docIds = Set.copyOf(docIds);
    kinds = Set.copyOf(kinds);
    origins = Set.copyOf(origins);
    parts = Set.copyOf(parts);
  }

  boolean needsImages() {
    return parts.contains(Part.BEFORE)
        || parts.contains(Part.AFTER)
        || parts.contains(Part.CONFLICTS);
  }

  /** All but what only the catalog (collections) and access control can tell. */
  boolean matches(LogEntry entry) {
    String docId = entry.docId() == null ? null : entry.docId().text();
    return kinds.contains(entry.kind())
        && (docIds.isEmpty() || docId != null && docIds.contains(docId))
        && (origins.isEmpty() || origins.contains(OriginKind.of(entry.origin())))
        && shard.contains(docId);
  }
}
