package io.defradb.replication.replicator;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.pushlog.PushLog;
import java.util.concurrent.CompletionStage;

/** Tells a commit to a peer. */
@FunctionalInterface
public interface PushTarget {
  /** Completes when the peer has stored it with all that is below; fails as a call to it does. */
  CompletionStage<Void> push(PeerId peer, PushLog log);
}
