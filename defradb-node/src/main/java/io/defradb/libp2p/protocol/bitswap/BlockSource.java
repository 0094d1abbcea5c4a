package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where the blocks are that peers get: a port, which also decides who may have which. */
@FunctionalInterface
public interface BlockSource {
  /**
   * The blocks of the first of {@code cids}, in their order: empty for one that is not here, or not
   * for {@code asker}. May answer for fewer than were asked, but for one at least, and should stop
   * once the answers hold {@code bytesMax} bytes; is asked for the rest again. Called on the host's
   * loop, where it must not block; completes on any thread. Asked one thing at a time for one peer.
   */
  CompletionStage<List<Optional<Bytes>>> read(PeerId asker, List<Cid> cids, int bytesMax);
}
