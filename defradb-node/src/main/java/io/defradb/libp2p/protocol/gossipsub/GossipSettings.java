package io.defradb.libp2p.protocol.gossipsub;

import java.time.Duration;

/**
 * How the mesh is kept, and every bound. {@link #DEFAULT} is what the reference runs with, as far
 * as it has the number; peers with other numbers get along.
 *
 * @param degree D: peers in the mesh of a topic when peers are added or dropped
 * @param degreeMin Dlo: with fewer, peers are added
 * @param degreeMax Dhi: with more, peers are dropped
 * @param outboundMin Dout: of these, as many that this host dialled, so that a swarm of dialling
 *     strangers cannot surround it
 * @param gossipPeersMin Dlazy: peers outside the mesh that are told in a heartbeat what is new
 * @param gossipFactor or this share of them, when that is more
 * @param historyHeartbeats heartbeats for which messages can be asked for
 * @param gossipHeartbeats heartbeats for which they are advertised
 * @param isFlooding own messages go to every peer in the topic, not to the mesh only
 * @param idontwantBytesMin from this size on peers are told when a message has come already
 * @param ihaveIdsMax ids sent and taken from one peer in a heartbeat
 * @param ihaveMessagesMax IHAVEs taken from one peer in a heartbeat
 * @param retransmissionsMax times that one peer may ask for one message
 * @param idontwantIdsMax ids remembered for one peer
 * @param seenMax ids remembered, the oldest forgotten first
 * @param cacheBytesMax bytes of messages kept to be asked for
 * @param outboxBytesMax bytes of messages that wait for one peer; more are dropped
 * @param validationsMax messages whose validator has not answered
 * @param topicsPerPeerMax topics of one peer that are remembered
 * @param topicsMax topics of all peers, one counted for each peer, that are remembered
 * @param dialsMax peers out of PRUNEs that are dialled at a time
 */
public record GossipSettings(
    int degree,
    int degreeMin,
    int degreeMax,
    int outboundMin,
    int gossipPeersMin,
    double gossipFactor,
    Duration heartbeat,
    Duration firstHeartbeat,
    int historyHeartbeats,
    int gossipHeartbeats,
    Duration fanoutTtl,
    Duration pruneBackoff,
    Duration leaveBackoff,
    Duration seenTtl,
    boolean isFlooding,
    int idontwantBytesMin,
    int ihaveIdsMax,
    int ihaveMessagesMax,
    int retransmissionsMax,
    int idontwantIdsMax,
    int seenMax,
    int cacheBytesMax,
    int outboxBytesMax,
    int validationsMax,
    int topicsPerPeerMax,
    int topicsMax,
    int dialsMax) {
  public static final GossipSettings DEFAULT =
      new GossipSettings(
          6,
          5,
          12,
          2,
          6,
          0.25,
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          5,
          3,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(120),
          true,
          1024,
          5000,
          10,
          3,
          1000,
          1 << 16,
          16 << 20,
          4 << 20,
          4096,
          1 << 16,
          1 << 18,
          8);

  /** The same, with own messages sent to the mesh or the fanout only, when {@code false}. */
  public GossipSettings withFlooding(boolean isFlooding) {
    return new GossipSettings(
        degree,
        degreeMin,
        degreeMax,
        outboundMin,
        gossipPeersMin,
        gossipFactor,
        heartbeat,
        firstHeartbeat,
        historyHeartbeats,
        gossipHeartbeats,
        fanoutTtl,
        pruneBackoff,
        leaveBackoff,
        seenTtl,
        isFlooding,
        idontwantBytesMin,
        ihaveIdsMax,
        ihaveMessagesMax,
        retransmissionsMax,
        idontwantIdsMax,
        seenMax,
        cacheBytesMax,
        outboxBytesMax,
        validationsMax,
        topicsPerPeerMax,
        topicsMax,
        dialsMax);
  }
}
