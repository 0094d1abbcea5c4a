package io.defradb.replication.replicator;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Tells a commit to a peer. */
public interface PushTarget {
  /**
   * Completes when the peer has stored it with all that is below; fails as a call to it does,
   * PEER_TIMEOUT after the limit.
   */
  CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit);

  /**
   * Whether the peer makes use of blocks that go with a commit, and fetches a long history as fast
   * as it can be sent.
   */
  boolean takesBlocks(PeerId peer);
}
