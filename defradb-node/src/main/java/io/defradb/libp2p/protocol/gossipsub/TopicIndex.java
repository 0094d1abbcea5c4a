package io.defradb.libp2p.protocol.gossipsub;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which peer joined which topic, both ways, bounded: what a peer says beyond its share, or when the
 * table is full, is not remembered.
 */
final class TopicIndex {
  private final int perPeerMax;
  private final int countMax;
  private final Map<String, Set<GossipPeer>> peersByTopic = new HashMap<>();
  private int count;

  TopicIndex(int perPeerMax, int countMax) {
    this.perPeerMax = perPeerMax;
    this.countMax = countMax;
  }

  /** Whether anything changed. */
  boolean join(GossipPeer peer, String topic) {
    boolean isTaken =
        count < countMax
            && peer.topics().size() < perPeerMax
            && topic.length() <= PubSub.TOPIC_BYTES_MAX
            && peer.topics().add(topic);
    if (isTaken) {
      peersByTopic.computeIfAbsent(topic, any -> new LinkedHashSet<>()).add(peer);
      count++;
    }
    return isTaken;
  }

  /** Whether anything changed. */
  boolean leave(GossipPeer peer, String topic) {
    boolean isGone = peer.topics().remove(topic);
    if (isGone) {
      forget(peer, topic);
    }
    return isGone;
  }

  void leaveAll(GossipPeer peer) {
    peer.topics().forEach(topic -> forget(peer, topic));
    peer.topics().clear();
  }

  private void forget(GossipPeer peer, String topic) {
    Set<GossipPeer> peers = peersByTopic.get(topic);
    if (peers != null && peers.remove(peer)) {
      count--;
      if (peers.isEmpty()) {
        peersByTopic.remove(topic);
      }
    }
  }

  /** A live view, in the order in which they joined. */
  Set<GossipPeer> peers(String topic) {
    return peersByTopic.getOrDefault(topic, Set.of());
  }

  int size() {
    return count;
  }
}
