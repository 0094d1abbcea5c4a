package io.defradb.replication.keyexchange;

import io.defradb.libp2p.peer.PeerId;
import java.util.concurrent.CompletionStage;

/** Finds out what a peer may have, once it is known who it is. */
@FunctionalInterface
public interface KeyGuard {
  /** Never blocks, never fails. {@code author}: who signed the request. */
  CompletionStage<KeyAccess> of(PeerId author);
}
