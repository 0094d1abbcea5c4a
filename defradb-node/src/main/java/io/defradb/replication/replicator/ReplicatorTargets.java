package io.defradb.replication.replicator;

import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.libp2p.peer.PeerId;

/** Whom the node pushes what, for those who must not keep it back. */
public final class ReplicatorTargets {
  private ReplicatorTargets() {}

  /** Whether the peer is pushed that document, as the transaction sees it. */
  public static boolean contain(
      Transaction transaction, PeerId peer, String collectionId, DocId docId) {
    ReplicatorState state = ReplicatorStore.read(transaction.local(), peer);
    return state != null
        && (state.collectionIds().contains(collectionId) || state.docIds().contains(docId.text()));
  }
}
