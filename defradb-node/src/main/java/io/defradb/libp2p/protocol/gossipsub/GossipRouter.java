package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what goes to whom. A state machine: told of peers, of what they say and that time passes,
 * it answers through {@link GossipOutput}. For one thread.
 *
 * <p>There is no scoring of peers, as there is none in the reference: what a peer can do to this
 * host is bounded by counts instead, and what it can do to a topic by signatures.
 */
final class GossipRouter {
  private final PeerId self;
  private final GossipSettings settings;
  private final SeenMessages seen;
  private final GossipOutput output;
  private final LongSupplier clock;
  private final TopicIndex index;
  private final Meshes meshes;
  private final Fanouts fanouts;
  private final Gossip gossip;
  private final Map<PeerId, GossipPeer> peers = new HashMap<>();

  /** {@code clock}: nanoseconds, only ever forward. */
  GossipRouter(
      PeerId self,
      GossipSettings settings,
      SeenMessages seen,
      GossipOutput output,
      LongSupplier clock,
      RandomGenerator random,
      GossipStats stats) {
    this.self = self;
    this.settings = settings;
    this.seen = seen;
    this.output = output;
    this.clock = clock;
    this.index =
        new TopicIndex(
            settings.topicsPerPeerMax(), settings.topicsMax(), stats.untracked::increment);
    this.meshes = new Meshes(settings, index, output, clock, random);
    this.fanouts = new Fanouts(settings, index, random);
    this.gossip = new Gossip(settings, index, meshes, seen, output, random);
  }

  /** A peer that speaks the protocol; it is told of all topics. */
  void addPeer(PeerId id, GossipProtocol protocol, boolean isOutbound) {
    removePeer(id);
    peers.put(id, new GossipPeer(id, protocol, isOutbound));
    announceAll(id);
  }

  /** Which version was agreed on with the peer. */
  void agreed(PeerId id, GossipProtocol protocol) {
    GossipPeer peer = peers.get(id);
    if (peer != null) {
      peer.setProtocol(protocol);
    }
  }

  /** The stream to a peer was lost, and with it what the peer knew: tells it anew. */
  void startAnew(PeerId id) {
    GossipPeer peer = peers.get(id);
    if (peer != null) {
      meshes.forget(peer);
      announceAll(id);
    }
  }

  private void announceAll(PeerId id) {
    for (String topic : meshes.topics()) {
      output.announce(id, new SubscriptionChange(topic, true));
    }
  }

  void removePeer(PeerId id) {
    GossipPeer peer = peers.remove(id);
    if (peer != null) {
      index.leaveAll(peer);
      meshes.forget(peer);
      fanouts.forget(peer);
    }
  }

  boolean hasPeer(PeerId id) {
    return peers.containsKey(id);
  }

  void join(String topic) {
    announce(new SubscriptionChange(topic, true));
    meshes.join(topic, fanouts.remove(topic));
  }

  void leave(String topic) {
    announce(new SubscriptionChange(topic, false));
    meshes.leave(topic);
  }

  private void announce(SubscriptionChange change) {
    peers.keySet().forEach(peer -> output.announce(peer, change));
  }

  /** What a peer says besides messages. */
  void received(PeerId from, Rpc rpc) {
    GossipPeer peer = peers.get(from);
    if (peer == null) {
      return;
    }
    for (SubscriptionChange change : rpc.subscriptions()) {
      subscriptionChanged(peer, change);
    }
    Control control = rpc.control();
    gossip.declined(peer, control.idontwant());
    control.grafts().forEach(topic -> meshes.grafted(peer, topic));
    for (Prune prune : control.prunes()) {
      if (meshes.pruned(peer, prune) && !prune.peers().isEmpty()) {
        output.meet(prune.peers());
      }
    }
    gossip.offered(peer, control.ihave());
    gossip.asked(peer, control.iwant());
  }

  private void subscriptionChanged(GossipPeer peer, SubscriptionChange change) {
    String topic = change.topic();
    if (change.isJoined() && index.join(peer, topic)) {
      meshes.peerJoined(peer, topic);
      output.topicChanged(peer.id(), change);
    } else if (!change.isJoined() && index.leave(peer, topic)) {
      meshes.peerLeft(peer, topic);
      fanouts.peerLeft(peer, topic);
      output.topicChanged(peer.id(), change);
    }
  }

  /**
   * A genuine message came. Whether it is to be validated: it is of a joined topic, by somebody
   * else, and seen for the first time.
   */
  boolean arrived(PeerId from, SignedMessage message) {
    Bytes id = message.id();
    boolean isNew =
        meshes.isJoined(message.topic())
            && !message.from().equals(self.bytes())
            && seen.add(id, clock.getAsLong());
    GossipPeer sender = peers.get(from);
    if (isNew && sender != null) {
      gossip.decline(sender, id, message);
    }
    return isNew;
  }

  /** A message was found valid: passes it on. */
  void accepted(PeerId from, SignedMessage message) {
    Bytes id = message.id();
    gossip.remember(id, message);
    sendAll(targets(message.topic(), false), id, message, peers.get(from));
  }

  /** Sends an own message. Answers to how many peers. */
  int publish(SignedMessage message) {
    Bytes id = message.id();
    seen.add(id, clock.getAsLong());
    gossip.remember(id, message);
    return sendAll(targets(message.topic(), settings.isFlooding()), id, message, null);
  }

  private Set<GossipPeer> targets(String topic, boolean isFlooding) {
    if (isFlooding) {
      return index.peers(topic);
    }
    Set<GossipPeer> targets = new LinkedHashSet<>();
    for (GossipPeer peer : index.peers(topic)) {
      if (!peer.protocol().hasMesh()) {
        targets.add(peer);
      }
    }
    targets.addAll(
        meshes.isJoined(topic)
            ? meshes.peers(topic)
            : fanouts.publishing(topic, clock.getAsLong()));
    return targets;
  }

  private int sendAll(
      Set<GossipPeer> targets, Bytes id, SignedMessage message, @Nullable GossipPeer sender) {
    int count = 0;
    for (GossipPeer peer : targets) {
      boolean isAuthor = peer.id().bytes().equals(message.from());
      if (peer != sender && !isAuthor && peer.wants(id)) {
        output.send(peer.id(), message);
        count++;
      }
    }
    return count;
  }

  /** To be called every {@link GossipSettings#heartbeat}. */
  void heartbeat() {
    long now = clock.getAsLong();
    peers.values().forEach(GossipPeer::heartbeat);
    meshes.heartbeat();
    fanouts.heartbeat(now);
    gossip.heartbeat();
    seen.forgetOld(now);
  }

  Set<PeerId> peers(String topic) {
    Set<PeerId> ids = new LinkedHashSet<>();
    index.peers(topic).forEach(peer -> ids.add(peer.id()));
    return ids;
  }

  Set<PeerId> mesh(String topic) {
    Set<PeerId> ids = new LinkedHashSet<>();
    meshes.peers(topic).forEach(peer -> ids.add(peer.id()));
    return ids;
  }
}
