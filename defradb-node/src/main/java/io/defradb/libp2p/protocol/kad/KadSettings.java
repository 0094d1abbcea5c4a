package io.defradb.libp2p.protocol.kad;

import io.defradb.libp2p.address.AddressReach;
import io.defradb.libp2p.address.Multiaddr;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * One Kademlia network.
 *
 * @param protocol its protocol id
 * @param isServer whether this host answers; a client must not list the protocol
 * @param isUsable which addresses of others are believed
 * @param isMember of which addresses a peer must have one to enter the routing table
 * @param bucketMax k: peers of a bucket, of an answer, of a lookup's result
 * @param concurrency alpha: peers that a lookup asks at a time
 * @param requestLimit for one request, dialling included
 * @param lookupsMax lookups at a time; more fail
 */
public record KadSettings(
    String protocol,
    boolean isServer,
    Predicate<Multiaddr> isUsable,
    Predicate<Multiaddr> isMember,
    int bucketMax,
    int concurrency,
    Duration refreshInterval,
    Duration requestLimit,
    int lookupsMax) {

  /** The local network: every address but those of this machine. */
  public static KadSettings lan() {
    return of(
        "/ipfs/lan/kad/1.0.0",
        true,
        address -> address.reach() != AddressReach.LOOPBACK,
        address -> true);
  }

  /** The public network, as a client: public addresses only. */
  public static KadSettings wan() {
    Predicate<Multiaddr> isPublic = address -> address.reach() == AddressReach.PUBLIC;
    return of("/ipfs/kad/1.0.0", false, isPublic, isPublic);
  }

  /** The same, believing in other addresses. */
  public KadSettings withUsable(Predicate<Multiaddr> isUsable) {
    return of(protocol, isServer, isUsable, isMember);
  }

  private static KadSettings of(
      String protocol,
      boolean isServer,
      Predicate<Multiaddr> isUsable,
      Predicate<Multiaddr> isMember) {
    return new KadSettings(
        protocol,
        isServer,
        isUsable,
        isMember,
        20,
        10,
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        64);
  }
}
