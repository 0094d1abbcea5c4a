package io.defradb.replication.topic;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.pushlog.PushLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Tells swift followers by calls what {@link HotDocuments} holds back for the sake of others. One
 * call at a time to a peer of a document: of what is committed meanwhile only the newest is told
 * then. Best effort, since the last commit goes to all by gossip. Safe for use by many threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // best effort
final class SwiftFollowers {
  private static final int CALLS_MAX = 1024;

  private final AnsweredTopics topics;
  private final Audience audience;

  /** The newest of each that is being told; guarded by this. */
  private final Map<Follower, PushLog> newest = new HashMap<>();

  SwiftFollowers(AnsweredTopics topics, Audience audience) {
    this.topics = topics;
    this.audience = audience;
  }

  void tell(PushLog log) {
    topics
        .followersOf(log)
        .thenAccept(
            peers -> peers.stream().filter(audience::isSwift).forEach(peer -> tell(peer, log)));
  }

  private void tell(PeerId peer, PushLog log) {
    var follower = new Follower(peer, log.chain());
    synchronized (this) {
      if (newest.size() >= CALLS_MAX && !newest.containsKey(follower)) {
        return;
      }
      if (newest.put(follower, log) != null) {
        return; // told when the one before it is
      }
    }
    call(follower, log);
  }

  private void call(Follower follower, PushLog log) {
    CompletionStage<Void> call = audience.call(follower.peer(), log);
    call.whenComplete((done, failure) -> ended(follower, log));
  }

  private void ended(Follower follower, PushLog told) {
    PushLog next;
    synchronized (this) {
      if (newest.remove(follower, told)) {
        return;
      }
      next = newest.get(follower);
    }
    if (next != null) {
      call(follower, next);
    }
  }
}
