package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the router knows of one connected peer. */
final class GossipPeer {
  private final PeerId id;
  private GossipProtocol protocol;
  private final boolean isOutbound;
  private final Set<String> topics = new HashSet<>();

  /** Ids that the peer has and does not want; of this heartbeat and of the one before. */
  private Set<Bytes> unwanted = new LinkedHashSet<>();

  private Set<Bytes> unwantedBefore = Set.of();
  private int ihavesTaken;
  private int idsAskedFor;

  /** {@code isOutbound}: this host dialled. */
  GossipPeer(PeerId id, GossipProtocol protocol, boolean isOutbound) {
    this.id = id;
    this.protocol = protocol;
    this.isOutbound = isOutbound;
  }

  PeerId id() {
    return id;
  }

  GossipProtocol protocol() {
    return protocol;
  }

  /** What was agreed on when the stream to the peer was opened. */
  void setProtocol(GossipProtocol protocol) {
    this.protocol = protocol;
  }

  boolean isOutbound() {
    return isOutbound;
  }

  /** Live; changed by {@link TopicIndex} only. */
  Set<String> topics() {
    return topics;
  }

  void setUnwanted(Bytes id, int countMax) {
    if (unwanted.size() < countMax) {
      unwanted.add(id);
    }
  }

  boolean wants(Bytes messageId) {
    return !unwanted.contains(messageId) && !unwantedBefore.contains(messageId);
  }

  /** Takes one more IHAVE, unless there were too many in this heartbeat. */
  boolean takesIhave(int countMax) {
    return ++ihavesTaken <= countMax;
  }

  int idsAskedFor() {
    return idsAskedFor;
  }

  void addIdsAskedFor(int count) {
    idsAskedFor += count;
  }

  void heartbeat() {
    ihavesTaken = 0;
    idsAskedFor = 0;
    unwantedBefore = unwanted;
    unwanted = unwanted.isEmpty() ? unwanted : new LinkedHashSet<>();
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
