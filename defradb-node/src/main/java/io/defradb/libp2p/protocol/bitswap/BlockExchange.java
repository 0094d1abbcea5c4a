package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import java.util.Collection;
import java.util.List;

/** Blocks got from peers and given to them. Safe for use by many threads; nothing blocks. */
public interface BlockExchange {
  /**
   * A group of fetches that likely find their blocks in the same place.
   *
   * @param preferred asked first, in this order, dialled where needed; when they say no, or there
   *     are none, all connected peers are asked
   */
  BlockSession session(List<PeerId> preferred);

  /**
   * Blocks are here now: peers that asked for them before get them. To be called after they can be
   * read from the {@link BlockSource}; costs next to nothing while nobody waits.
   */
  void stored(Collection<Cid> cids);
}
