package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;

/** Where the want list sends: a port, called while it decides; must not call back. */
@FunctionalInterface
interface WantOutput {
  void send(PeerId peer, Want want);
}
