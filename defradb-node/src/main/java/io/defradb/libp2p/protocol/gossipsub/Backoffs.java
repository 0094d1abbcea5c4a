package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Which peers must not be grafted into the mesh of which topic, and until when. */
final class Backoffs {
  /** What a peer may ask for at most. */
  static final Duration MAX = Duration.ofHours(1);

  private final Map<String, Map<PeerId, Long>> endsByTopic = new HashMap<>();

  /** Begins a back-off; one that ends later stays. */
  void begin(String topic, PeerId peer, Duration length, long now) {
    Duration bounded = length.compareTo(MAX) < 0 ? length : MAX;
    endsByTopic
        .computeIfAbsent(topic, any -> new HashMap<>())
        .merge(peer, now + bounded.toNanos(), (a, b) -> a - b > 0 ? a : b);
  }

  boolean isOpen(String topic, PeerId peer, long now) {
    Long end = endsByTopic.getOrDefault(topic, Map.of()).get(peer);
    return end != null && end - now > 0;
  }

  void forgetEnded(long now) {
    endsByTopic.values().forEach(ends -> ends.values().removeIf(end -> end - now <= 0));
    endsByTopic.values().removeIf(Map::isEmpty);
  }
}
