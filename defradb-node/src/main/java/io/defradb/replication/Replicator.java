package io.defradb.replication;

import java.time.Instant;
import java.util.List;

/**
 * A peer to which commits are pushed.
 *
 * @param collectionIds collections that are pushed as a whole
 * @param docIds documents that are pushed one by one
 * @param isActive whether the last push was acknowledged
 * @param lastStatusChange when {@code isActive} changed last
 */
public record Replicator(
    PeerInfo peer,
    List<String> collectionIds,
    List<String> docIds,
    boolean isActive,
    Instant lastStatusChange) {
  public Replicator {
    collectionIds = List.copyOf(collectionIds);
    docIds = List.copyOf(docIds);
  }
}
