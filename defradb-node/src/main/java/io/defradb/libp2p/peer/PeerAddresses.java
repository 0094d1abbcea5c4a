package io.defradb.libp2p.peer;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.AddressProtocol;
import io.defradb.libp2p.address.Multiaddr;
import java.util.List;

/**
 * A peer and where it may be reached, best first.
 *
 * @param addresses without {@code /p2p} at the end; may be empty
 */
public record PeerAddresses(PeerId id, List<Multiaddr> addresses) {
  public PeerAddresses {
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads {@code /ip4/…/tcp/…/p2p/ID}, or {@code /p2p/ID} alone. Throws {@code INVALID_ARGUMENT}.
   */
  public static PeerAddresses parse(String text) {
    Multiaddr full = Multiaddr.parse(text);
    if (full.last().protocol() != AddressProtocol.P2P) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid p2p multiaddr");
    }
    return new PeerAddresses(
        new PeerId(full.last().value()), full.withoutLast().map(List::of).orElse(List.of()));
  }
}
