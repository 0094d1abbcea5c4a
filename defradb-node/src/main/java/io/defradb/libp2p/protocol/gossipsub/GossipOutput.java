package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.Envelope;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.List;
import java.util.Optional;

/** What the router has done: a port, called while the router decides; must not call back. */
interface GossipOutput {
  void announce(PeerId peer, SubscriptionChange change);

  void send(PeerId peer, SignedMessage message);

  void graft(PeerId peer, String topic);

  void prune(PeerId peer, Prune prune);

  void ihave(PeerId peer, TopicIds ids);

  void iwant(PeerId peer, List<Bytes> ids);

  void idontwant(PeerId peer, Bytes id);

  /** Others in a topic that a peer named when it pruned us. */
  void meet(List<Prune.PrunedPeer> peers);

  /** A peer joined or left a topic. */
  void topicChanged(PeerId peer, SubscriptionChange change);

  /** The peer's own record, to be passed on. */
  Optional<Envelope> signedRecord(PeerId peer);
}
