package io.defradb.replication;

import java.util.List;

/**
 * What a user wants pushed to a peer, or no longer.
 *
 * @param peer its ID, its addresses, or both: an address alone is dialled to learn the ID, an ID
 *     alone needs a peer that is known
 * @param collections names; empty: all there are
 * @param docIds only these documents of the collections; empty: all documents
 */
public record ReplicatorTarget(PeerInfo peer, List<String> collections, List<String> docIds) {
  public ReplicatorTarget {
    collections = List.copyOf(collections);
    docIds = List.copyOf(docIds);
  }
}
