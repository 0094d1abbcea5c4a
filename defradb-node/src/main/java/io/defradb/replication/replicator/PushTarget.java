package io.defradb.replication.replicator;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** Tells a commit to a peer. */
public interface PushTarget {
  /**
   * Completes when the peer has stored it with all that is below; fails as a call to it does,
   * PEER_TIMEOUT after the limit.
   */
  CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit);

  /**
   * Has the peer fetch what is below a commit, until it has asked for all of {@code last}.
   * Completes then or after the limit, or fails.
   */
  CompletionStage<Void> stage(PeerId peer, PushLog log, Collection<Cid> last, Duration limit);

  /**
   * Completes when it is known what the peer speaks, or that it is not to be had for now; does not
   * fail.
   */
  CompletionStage<Void> meet(PeerId peer);

  /**
   * Whether the peer makes use of blocks that go with a commit, and fetches a long history as fast
   * as it can be sent.
   */
  boolean takesBlocks(PeerId peer);
}
