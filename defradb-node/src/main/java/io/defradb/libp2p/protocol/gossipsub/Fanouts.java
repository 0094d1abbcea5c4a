package io.defradb.libp2p.protocol.gossipsub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * For each topic in which this host publishes without having joined it: the peers that get its
 * messages, for as long as it keeps publishing (gossipsub v1.0, "Fanout"). Of use only when own
 * messages do not go to everybody.
 */
final class Fanouts {
  private final GossipSettings settings;
  private final TopicIndex index;
  private final Random random;
  private final Map<String, Fanout> byTopic = new HashMap<>();

  private static final class Fanout {
    private final Set<GossipPeer> peers = new LinkedHashSet<>();
    private long publishedAt;
  }

  Fanouts(GossipSettings settings, TopicIndex index, RandomGenerator random) {
    this.settings = settings;
    this.index = index;
    this.random = new Random(random.nextLong());
  }

  /** To whom a message of {@code topic} goes now. */
  Set<GossipPeer> publishing(String topic, long now) {
    Fanout fanout = byTopic.computeIfAbsent(topic, any -> new Fanout());
    fanout.publishedAt = now;
    fill(topic, fanout);
    return fanout.peers;
  }

  /** The topic was joined: the peers are its first mesh. */
  Set<GossipPeer> remove(String topic) {
    Fanout fanout = byTopic.remove(topic);
    return fanout == null ? Set.of() : fanout.peers;
  }

  void peerLeft(GossipPeer peer, String topic) {
    Fanout fanout = byTopic.get(topic);
    if (fanout != null) {
      fanout.peers.remove(peer);
    }
  }

  void forget(GossipPeer peer) {
    byTopic.values().forEach(fanout -> fanout.peers.remove(peer));
  }

  void heartbeat(long now) {
    Iterator<Fanout> fanouts = byTopic.values().iterator();
    while (fanouts.hasNext()) {
      if (now - fanouts.next().publishedAt >= settings.fanoutTtl().toNanos()) {
        fanouts.remove();
      }
    }
  }

  private void fill(String topic, Fanout fanout) {
    int missing = settings.degree() - fanout.peers.size();
    if (missing > 0) {
      List<GossipPeer> others = new ArrayList<>(index.peers(topic));
      others.removeIf(peer -> !peer.protocol().hasMesh() || fanout.peers.contains(peer));
      Collections.shuffle(others, random);
      others.stream().limit(missing).forEach(fanout.peers::add);
    }
  }
}
