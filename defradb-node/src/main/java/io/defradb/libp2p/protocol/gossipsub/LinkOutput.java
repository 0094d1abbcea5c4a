package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.Envelope;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerStore;
import io.defradb.multiformats.Bytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Puts what the router decided into the peers' outboxes, and remembers which: they are flushed when
 * the decision is complete, so that it goes out in one frame.
 */
final class LinkOutput implements GossipOutput {
  private final Map<PeerId, GossipLink> links;
  private final PeerStore peers;
  private final Consumer<List<Prune.PrunedPeer>> introductions;
  private final GossipStats stats;
  private final Set<GossipLink> changed = new LinkedHashSet<>();
  private final List<PubSub.PeerTopicListener> listeners = new CopyOnWriteArrayList<>();

  LinkOutput(
      Map<PeerId, GossipLink> links,
      PeerStore peers,
      Consumer<List<Prune.PrunedPeer>> introductions,
      GossipStats stats) {
    this.stats = stats;
    this.links = links;
    this.peers = peers;
    this.introductions = introductions;
  }

  void listen(PubSub.PeerTopicListener listener) {
    listeners.add(listener);
  }

  void flush() {
    changed.forEach(GossipLink::flush);
    changed.clear();
  }

  private void tell(PeerId peer, Consumer<Outbox> what) {
    GossipLink link = links.get(peer);
    if (link != null) {
      what.accept(link.outbox());
      changed.add(link);
    }
  }

  @Override
  public void announce(PeerId peer, SubscriptionChange change) {
    tell(peer, outbox -> outbox.add(change));
  }

  @Override
  public void send(PeerId peer, SignedMessage message) {
    tell(
        peer,
        outbox -> { // best effort: it may still be asked for by its id
          boolean isQueued = outbox.add(message);
          (isQueued ? stats.sent : stats.unsent).increment();
        });
  }

  @Override
  public void graft(PeerId peer, String topic) {
    tell(peer, outbox -> outbox.addGraft(topic));
  }

  @Override
  public void prune(PeerId peer, Prune prune) {
    tell(peer, outbox -> outbox.addPrune(prune));
  }

  @Override
  public void ihave(PeerId peer, TopicIds ids) {
    tell(peer, outbox -> outbox.addIhave(ids));
  }

  @Override
  public void iwant(PeerId peer, List<Bytes> ids) {
    tell(peer, outbox -> outbox.addIwant(ids));
  }

  @Override
  public void idontwant(PeerId peer, Bytes id) {
    tell(peer, outbox -> outbox.addIdontwant(id));
  }

  @Override
  public void meet(List<Prune.PrunedPeer> introduced) {
    introductions.accept(introduced);
  }

  @Override
  public void topicChanged(PeerId peer, SubscriptionChange change) {
    listeners.forEach(listener -> listener.changed(peer, change.topic(), change.isJoined()));
  }

  @Override
  public Optional<Envelope> signedRecord(PeerId peer) {
    return peers.signedRecord(peer);
  }
}
