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
  private final Runnable onRefused;
  private final Map<String, Set<GossipPeer>> peersByTopic = new HashMap<>();
  private int count;

  /** {@code onRefused}: run for each topic that is too many, or whose name is too long. */
  TopicIndex(int perPeerMax, int countMax, Runnable onRefused) {
    this.perPeerMax = perPeerMax;
    this.countMax = countMax;
    this.onRefused = onRefused;
  }

  /** Whether anything changed. */
  boolean join(GossipPeer peer, String topic) {
    if (peer.topics().contains(topic)) {
      return false;
    }
    boolean hasRoom =
        count < countMax
            && peer.topics().size() < perPeerMax
            && topic.length() <= PubSub.TOPIC_BYTES_MAX;
    if (hasRoom) {
      peer.topics().add(topic);
      peersByTopic.computeIfAbsent(topic, any -> new LinkedHashSet<>()).add(peer);
      count++;
    } else {
      onRefused.run();
    }
    return hasRoom;
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
