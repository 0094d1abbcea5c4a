package io.defradb.replication.topic;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who is connected and may follow what is announced. Safe for use by many threads; nothing blocks.
 */
public interface Audience {
  boolean isEmpty();

  /**
   * Whether somebody is there who goes through a whole history at each commit, and asks for each
   * block of it.
   */
  boolean hasSlowPeers();

  /** Whether the peer goes only through what it lacks. */
  boolean isSwift(PeerId peer);

  /** Whether the peer may miss what it is told by gossip, and is told by nothing else. */
  boolean mayMiss(PeerId peer);

  /**
   * Completes when the peer asks this node for a block, from now on. Whoever waits no longer
   * completes it.
   */
  CompletableFuture<Void> asked(PeerId peer, Cid cid);

  /**
   * Tells a commit to one peer alone. Completes when the peer has it with all that is below, fails
   * as a call does, and has an end in either case.
   */
  CompletionStage<Void> call(PeerId peer, PushLog log);
}
