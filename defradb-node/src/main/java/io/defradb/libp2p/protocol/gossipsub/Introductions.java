package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.peer.Envelope;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerRecord;
import java.util.List;

/**
 * Dials the peers that a PRUNE named: those that prove with a signed record where they are, a few
 * at a time; what comes meanwhile is passed over. Lives on the host's loop.
 */
final class Introductions {
  private final Host host;
  private final int dialsMax;
  private int dials;

  Introductions(Host host, int dialsMax) {
    this.host = host;
    this.dialsMax = dialsMax;
  }

  void meet(List<Prune.PrunedPeer> introduced) {
    for (Prune.PrunedPeer peer : introduced) {
      if (dials >= dialsMax) {
        return;
      }
      try {
        meet(peer);
      } catch (DefraException e) {
        // no peer id, or not that peer's record: the next one may be better
      }
    }
  }

  private void meet(Prune.PrunedPeer introduced) {
    PeerId id = new PeerId(introduced.peerId());
    boolean isMet =
        id.equals(host.id())
            || host.connections().stream().anyMatch(open -> open.remotePeer().equals(id));
    if (isMet || introduced.signedRecord().isEmpty()) {
      return;
    }
    Envelope envelope = Envelope.decode(introduced.signedRecord());
    PeerRecord signed = PeerRecord.open(envelope);
    if (signed.peer().equals(id)) {
      host.peers().certify(envelope);
      dials++;
      host.connect(new PeerAddresses(id, signed.addresses()))
          .whenComplete((connection, failure) -> host.loop().run(() -> dials--));
    }
  }
}
