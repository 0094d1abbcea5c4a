package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What is told about messages instead of sending them: which are here, which are wanted, which are
 * no longer wanted (gossipsub v1.0, "Gossip piggybacking"; v1.2, "IDONTWANT"). So what the mesh
 * lost still arrives.
 */
final class Gossip {
  private final GossipSettings settings;
  private final TopicIndex index;
  private final Meshes meshes;
  private final SeenMessages seen;
  private final MessageCache cache;
  private final GossipOutput output;
  private final Random random;

  Gossip(
      GossipSettings settings,
      TopicIndex index,
      Meshes meshes,
      SeenMessages seen,
      GossipOutput output,
      RandomGenerator random) {
    this.settings = settings;
    this.index = index;
    this.meshes = meshes;
    this.seen = seen;
    this.output = output;
    this.random = new Random(random.nextLong());
    this.cache =
        new MessageCache(
            settings.historyHeartbeats(), settings.gossipHeartbeats(), settings.cacheBytesMax());
  }

  /** Keeps a message for peers that will ask for it. */
  void remember(Bytes id, SignedMessage message) {
    cache.put(id, message);
  }

  /** The peer holds messages; those that are new and of a joined topic are asked for. */
  void offered(GossipPeer peer, List<TopicIds> offers) {
    if (offers.isEmpty() || !peer.takesIhave(settings.ihaveMessagesMax())) {
      return;
    }
    Set<Bytes> wanted = new LinkedHashSet<>();
    for (TopicIds offer : offers) {
      if (meshes.isJoined(offer.topic())) {
        offer.ids().stream().filter(id -> !seen.has(id)).forEach(wanted::add);
      }
    }
    int room = settings.ihaveIdsMax() - peer.idsAskedFor();
    List<Bytes> asked = new ArrayList<>(wanted);
    if (asked.size() > room) {
      Collections.shuffle(asked, random);
      asked = asked.subList(0, Math.max(0, room));
    }
    if (!asked.isEmpty()) {
      peer.addIdsAskedFor(asked.size());
      output.iwant(peer.id(), asked);
    }
  }

  /** The peer wants messages: those still here are sent, each a few times at most. */
  void asked(GossipPeer peer, List<Bytes> ids) {
    ids.stream().limit(settings.ihaveIdsMax()).distinct().forEach(id -> answer(peer, id));
  }

  private void answer(GossipPeer peer, Bytes id) {
    SignedMessage message = cache.forPeer(id, peer.id(), settings.retransmissionsMax());
    if (message != null && peer.wants(id)) {
      output.send(peer.id(), message);
    }
  }

  /** The peer has these already. */
  void declined(GossipPeer peer, List<Bytes> ids) {
    ids.forEach(id -> peer.setUnwanted(id, settings.idontwantIdsMax()));
  }

  /** Spares the mesh from sending a large message that has come from {@code sender}. */
  void decline(GossipPeer sender, Bytes id, SignedMessage message) {
    if (message.wire().length() < settings.idontwantBytesMin()) {
      return;
    }
    for (GossipPeer peer : meshes.peers(message.topic())) {
      if (peer != sender && peer.protocol().hasIdontwant()) {
        output.idontwant(peer.id(), id);
      }
    }
  }

  /** Tells some peers outside each mesh what came lately. */
  void heartbeat() {
    for (Map.Entry<String, List<Bytes>> news : cache.gossip().entrySet()) {
      advertise(news.getKey(), news.getValue());
    }
    cache.shift();
  }

  private void advertise(String topic, List<Bytes> ids) {
    List<GossipPeer> others = new ArrayList<>(index.peers(topic));
    others.removeIf(peer -> !peer.protocol().hasMesh() || meshes.peers(topic).contains(peer));
    Collections.shuffle(others, random);
    int count =
        Math.max(settings.gossipPeersMin(), (int) (settings.gossipFactor() * others.size()));
    for (GossipPeer peer : others.subList(0, Math.min(count, others.size()))) {
      List<Bytes> told = ids;
      if (ids.size() > settings.ihaveIdsMax()) {
        told = new ArrayList<>(ids);
        Collections.shuffle(told, random); // so that together the peers hear of all
        told = told.subList(0, settings.ihaveIdsMax());
      }
      output.ihave(peer.id(), new TopicIds(topic, told));
    }
  }
}
