package io.defradb.libp2p.host;

import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import java.util.concurrent.CompletionStage;

/** Finds out where a peer is that is known by its id only. */
@FunctionalInterface
public interface PeerRouting {
  /**
   * Where others say that the peer is. Fails with {@code PEER_UNREACHABLE} when nobody knows, with
   * {@code BUSY} when too many are being looked for. Must not block.
   */
  CompletionStage<PeerAddresses> find(PeerId peer);
}
