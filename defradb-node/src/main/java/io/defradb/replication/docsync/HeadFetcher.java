package io.defradb.replication.docsync;

import io.defradb.document.DocId;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import java.util.concurrent.CompletionStage;

/** Gets a commit with everything below it from a peer and applies it. */
@FunctionalInterface
public interface HeadFetcher {
  /** Completes when it is applied, or stored whole and waiting for its key. Must not block. */
  CompletionStage<Void> fetchAndMerge(String collectionId, DocId docId, Cid head, PeerId from);
}
