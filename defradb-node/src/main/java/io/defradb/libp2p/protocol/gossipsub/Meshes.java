package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.Envelope;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The mesh of each topic that this host joined: the few peers with which messages are exchanged in
 * full (gossipsub v1.0, "Topic membership"; v1.1, "Prune backoff and peer exchange", "Outbound mesh
 * quotas"). A mesh is kept between {@link GossipSettings#degreeMin} and {@link
 * GossipSettings#degreeMax} peers as far as there are any.
 */
final class Meshes {
  private final GossipSettings settings;
  private final TopicIndex index;
  private final GossipOutput output;
  private final LongSupplier clock;
  private final Random random;
  private final Backoffs backoffs = new Backoffs();
  private final Map<String, Set<GossipPeer>> byTopic = new HashMap<>();

  Meshes(
      GossipSettings settings,
      TopicIndex index,
      GossipOutput output,
      LongSupplier clock,
      RandomGenerator random) {
    this.settings = settings;
    this.index = index;
    this.output = output;
    this.clock = clock;
    this.random = new Random(random.nextLong());
  }

  Set<String> topics() {
    return byTopic.keySet();
  }

  boolean isJoined(String topic) {
    return byTopic.containsKey(topic);
  }

  /** A live view; empty for a topic that was not joined. */
  Set<GossipPeer> peers(String topic) {
    return byTopic.getOrDefault(topic, Set.of());
  }

  /** Joins a topic; {@code preferred} are grafted before others. */
  void join(String topic, Set<GossipPeer> preferred) {
    byTopic.put(topic, new LinkedHashSet<>());
    graftSome(topic, settings.degree(), preferred::contains);
    graftSome(topic, settings.degree(), peer -> true);
  }

  void leave(String topic) {
    Set<GossipPeer> mesh = byTopic.remove(topic);
    if (mesh != null) {
      for (GossipPeer peer : mesh) {
        sendPrune(peer, topic, settings.leaveBackoff(), List.of());
      }
    }
  }

  /** A peer joined a topic: taken at once where peers are lacking, without waiting a heartbeat. */
  void peerJoined(GossipPeer peer, String topic) {
    Set<GossipPeer> mesh = peers(topic);
    if (isJoined(topic) && mesh.size() < settings.degreeMin() && isCandidate(peer, topic)) {
      graft(peer, topic);
    }
  }

  void peerLeft(GossipPeer peer, String topic) {
    Set<GossipPeer> mesh = byTopic.get(topic);
    if (mesh != null) {
      mesh.remove(peer);
    }
  }

  void forget(GossipPeer peer) {
    byTopic.values().forEach(mesh -> mesh.remove(peer));
  }

  /** The peer took us into its mesh of the topic, and hopes for the same. */
  void grafted(GossipPeer peer, String topic) {
    Set<GossipPeer> mesh = byTopic.get(topic);
    if (mesh == null || mesh.contains(peer)) {
      return; // of a topic that was not joined nothing is answered, so that nobody learns which are
    }
    boolean isBackingOff = backoffs.isOpen(topic, peer.id(), clock.getAsLong());
    boolean isFull = mesh.size() >= settings.degreeMax() && !peer.isOutbound();
    if (isBackingOff || isFull || !peer.protocol().hasMesh()) {
      sendPrune(peer, topic, settings.pruneBackoff(), isFull ? exchange(peer, topic) : List.of());
    } else {
      mesh.add(peer);
    }
  }

  /** The peer took us out of its mesh; we do the same. Whether we had it in ours. */
  boolean pruned(GossipPeer peer, Prune prune) {
    Set<GossipPeer> mesh = byTopic.get(prune.topic());
    if (mesh == null) {
      return false;
    }
    Duration backoff =
        prune.backoffSeconds() <= 0
            ? settings.pruneBackoff()
            : Duration.ofSeconds(Math.min(prune.backoffSeconds(), Backoffs.MAX.toSeconds()));
    backoffs.begin(prune.topic(), peer.id(), backoff, clock.getAsLong());
    return mesh.remove(peer);
  }

  /** Adds peers where there are too few, drops some where there are too many. */
  void heartbeat() {
    backoffs.forgetEnded(clock.getAsLong());
    for (String topic : List.copyOf(byTopic.keySet())) {
      int size = peers(topic).size();
      if (size < settings.degreeMin()) {
        graftSome(topic, settings.degree(), peer -> true);
      } else if (size > settings.degreeMax()) {
        dropSome(topic);
      } else {
        long outbound = peers(topic).stream().filter(GossipPeer::isOutbound).count();
        int missing = (int) Math.max(0, settings.outboundMin() - outbound);
        graftSome(topic, size + missing, GossipPeer::isOutbound);
      }
    }
  }

  private void graftSome(String topic, int sizeWanted, Predicate<GossipPeer> filter) {
    int missing = sizeWanted - peers(topic).size();
    if (missing <= 0) {
      return;
    }
    List<GossipPeer> candidates = new ArrayList<>();
    for (GossipPeer peer : index.peers(topic)) {
      if (filter.test(peer) && isCandidate(peer, topic)) {
        candidates.add(peer);
      }
    }
    Collections.shuffle(candidates, random);
    candidates.stream().limit(missing).forEach(peer -> graft(peer, topic));
  }

  private boolean isCandidate(GossipPeer peer, String topic) {
    return peer.protocol().hasMesh()
        && !peers(topic).contains(peer)
        && !backoffs.isOpen(topic, peer.id(), clock.getAsLong());
  }

  private void graft(GossipPeer peer, String topic) {
    peers(topic).add(peer);
    output.graft(peer.id(), topic);
  }

  /** Down to the wanted degree, but keeps as many that this host dialled as there should be. */
  private void dropSome(String topic) {
    List<GossipPeer> dropped = new ArrayList<>(peers(topic));
    Collections.shuffle(dropped, random);
    dropped.sort((a, b) -> Boolean.compare(b.isOutbound(), a.isOutbound()));
    List<GossipPeer> kept = new ArrayList<>();
    while (kept.size() < settings.outboundMin() && dropped.get(0).isOutbound()) {
      kept.add(dropped.remove(0));
    }
    Collections.shuffle(dropped, random);
    dropped.subList(0, settings.degree() - kept.size()).clear();
    for (GossipPeer peer : dropped) {
      Set<GossipPeer> mesh = byTopic.get(topic);
      if (mesh != null) {
        mesh.remove(peer);
      }
      sendPrune(peer, topic, settings.pruneBackoff(), exchange(peer, topic));
    }
  }

  private void sendPrune(
      GossipPeer peer, String topic, Duration backoff, List<Prune.PrunedPeer> others) {
    backoffs.begin(topic, peer.id(), backoff, clock.getAsLong());
    long seconds = peer.protocol().hasPeerExchange() ? backoff.toSeconds() : 0;
    output.prune(peer.id(), new Prune(topic, others, seconds));
  }

  /** Others in the topic, with their records, for a peer that has to look elsewhere. */
  private List<Prune.PrunedPeer> exchange(GossipPeer pruned, String topic) {
    if (!pruned.protocol().hasPeerExchange()) {
      return List.of();
    }
    List<GossipPeer> others = new ArrayList<>(index.peers(topic));
    others.removeIf(peer -> peer == pruned || !peer.protocol().hasMesh());
    Collections.shuffle(others, random);
    return others.stream().limit(Prune.PEERS_MAX).map(this::introduce).toList();
  }

  private Prune.PrunedPeer introduce(GossipPeer peer) {
    Optional<Envelope> signed = output.signedRecord(peer.id());
    return new Prune.PrunedPeer(
        peer.id().bytes(), signed.map(Envelope::encode).orElse(Bytes.EMPTY));
  }
}
