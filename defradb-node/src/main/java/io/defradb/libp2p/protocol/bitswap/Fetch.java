package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call for a block. {@code group}: of the session; on the host's loop only. */
record Fetch(Cid cid, Duration limit, Group group, CompletableFuture<Bytes> answer) {

  /** What the fetches of a session share: where to look first. */
  static final class Group {
    private static final int PREFERRED_MAX = 16;

    private final List<PeerId> preferred;

    Group(List<PeerId> preferred) {
      this.preferred = new ArrayList<>(preferred.stream().limit(PREFERRED_MAX).toList());
    }

    List<PeerId> preferred() {
      return preferred;
    }

    /** A block came from there: it is asked first from now on. */
    void prefer(PeerId peer) {
      if (preferred.isEmpty() || !preferred.get(0).equals(peer)) {
        preferred.remove(peer);
        preferred.add(0, peer);
        if (preferred.size() > PREFERRED_MAX) {
          preferred.remove(PREFERRED_MAX);
        }
      }
    }
  }
}
