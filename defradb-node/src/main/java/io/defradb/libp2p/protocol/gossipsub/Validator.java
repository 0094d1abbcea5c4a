package io.defradb.libp2p.protocol.gossipsub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Judges the messages of a topic before they are passed on and delivered. */
@FunctionalInterface
public interface Validator {
  /** Takes every message. */
  Validator ALL = message -> CompletableFuture.completedFuture(Verdict.ACCEPT);

  /**
   * Called on the host's loop; must not block, and completes on any thread. A failure counts as
   * {@link Verdict#REJECT}. At most {@link GossipSettings#validationsMax} are open at a time;
   * messages beyond are ignored.
   */
  CompletionStage<Verdict> validate(TopicMessage message);
}
