package io.defradb.libp2p.host;

import java.time.Duration;

/**
 * The bounds of a host.
 *
 * @param connectionsMax open ones; further inbound ones are closed
 * @param connectionsHigh above which those that are used least are closed
 * @param connectionsLow down to which
 * @param connectionsOfPeerMax to one peer; further inbound ones are closed
 * @param inboundPendingMax inbound connections that have not proven who they are
 * @param inboundPerSecondMax new inbound connections, on average; a burst may be twice that
 * @param dialsMax peers that are dialled at the same time
 * @param dialsOfPeerMax addresses of one peer that are tried at the same time
 * @param dialStagger before the next address of a peer is tried, too
 * @param dialPrivateLimit for one address of this machine or a private network
 * @param dialPublicLimit for any other address
 * @param handshakeLimit security and muxer together
 * @param negotiationLimit of the protocol of an own stream
 * @param inboundNegotiationLimit of a peer's stream, which it may open before it has anything to
 *     say
 * @param trimGrace for which a new connection is not closed for being one too many
 */
public record HostSettings(
    int connectionsMax,
    int connectionsHigh,
    int connectionsLow,
    int connectionsOfPeerMax,
    int inboundPendingMax,
    int inboundPerSecondMax,
    int dialsMax,
    int dialsOfPeerMax,
    Duration dialStagger,
    Duration dialPrivateLimit,
    Duration dialPublicLimit,
    Duration handshakeLimit,
    Duration negotiationLimit,
    Duration inboundNegotiationLimit,
    Duration trimGrace) {

  public static final HostSettings DEFAULT =
      new HostSettings(
          512,
          400,
          300,
          8,
          128,
          200,
          128,
          8,
          Duration.ofMillis(250),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20));
}
