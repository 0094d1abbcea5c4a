package io.defradb.replication.topic;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.pushlog.PushLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
  private final Map<Way, PushLog> newest = new HashMap<>();

  /** Of a document or a collection's own chain to a peer. */
  private record Way(PeerId peer, String name) {}

  SwiftFollowers(AnsweredTopics topics, Audience audience) {
    this.topics = topics;
    this.audience = audience;
  }

  void tell(PushLog log) {
    topics
        .followers(HotDocuments.name(log))
        .thenCombine(topics.followers(log.collectionId()), SwiftFollowers::union)
        .thenAccept(
            peers -> peers.stream().filter(audience::isSwift).forEach(peer -> tell(peer, log)));
  }

  private static Set<PeerId> union(Set<PeerId> some, Set<PeerId> others) {
    Set<PeerId> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private void tell(PeerId peer, PushLog log) {
    var way = new Way(peer, HotDocuments.name(log));
    synchronized (this) {
      if (newest.size() >= CALLS_MAX && !newest.containsKey(way)) {
        return;
      }
      if (newest.put(way, log) != null) {
        return; // told when the one before it is
      }
    }
    call(way, log);
  }

  private void call(Way way, PushLog log) {
    CompletionStage<Void> call = audience.call(way.peer, log);
    call.whenComplete((done, failure) -> ended(way, log));
  }

  private void ended(Way way, PushLog told) {
    PushLog next;
    synchronized (this) {
      if (newest.remove(way, told)) {
        return;
      }
      next = newest.get(way);
    }
    if (next != null) {
      call(way, next);
    }
  }
}
