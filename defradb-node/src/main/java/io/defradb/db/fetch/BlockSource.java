package io.defradb.db.fetch;

import io.defradb.db.apply.Commit;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.log.CommitPack;
import io.defradb.db.log.LogKeys;
import io.defradb.db.overlay.Overlay;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks by CID: those of the transaction itself, then the stored ones, also those that were not
 * applied yet. Who reads a block mostly reads those that came with it: the last {@value
 * #BLOCKS_MAX} are kept. For one thread.
 */
final class BlockSource {
  private static final int BLOCKS_MAX = 1024;

  private final Overlay overlay;
  private final List<Commit> own;
  private final Map<Cid, Bytes> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cid, Bytes> eldest) {
          return size() > BLOCKS_MAX;
        }
      };

  BlockSource(Overlay overlay, List<Commit> own) {
    this.overlay = overlay;
    this.own = own;
  }

  @Nullable Bytes raw(Cid cid) {
    Bytes known = recent.get(cid);
    if (known != null) {
      return known;
    }
    byte[] pointer = overlay.getUntracked(Columns.CID, BlockPlace.key(cid));
    if (pointer == null) {
      byte[] kept = overlay.getUntracked(Columns.PENDING, BlockPlace.key(cid));
      return kept == null ? ownBlock(cid) : Bytes.wrap(kept);
    }
    BlockPlace place = BlockPlace.decode(pointer);
    byte[] stored = overlay.getUntracked(LogKeys.ENTRIES, LogKeys.seq(place.seq()));
    if (stored == null) {
      return null;
    }
    CommitPack pack = CommitPack.decode(stored);
    if (!pack.holds(place.place(), cid)) {
      throw new DefraException(ErrorCode.CORRUPT, "a stored block is damaged", "CID", cid);
    }
    if (pack.size() <= BLOCKS_MAX) {
      for (int i = 0; i < pack.size(); i++) {
        recent.put(pack.cid(i), Bytes.wrap(pack.block(i)));
      }
    }
    return Bytes.wrap(pack.block(place.place()));
  }

  private @Nullable Bytes ownBlock(Cid cid) {
    for (Commit commit : own) {
      for (Commit.Encoded block : commit.blocks()) {
        if (block.cid().equals(cid)) {
          return Bytes.wrap(block.bytes());
        }
      }
    }
    return null;
  }
}
