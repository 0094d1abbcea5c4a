package io.defradb.db.fetch;

import io.defradb.db.apply.Commit;
import io.defradb.db.keys.BlockPack;
import io.defradb.db.keys.Columns;
import io.defradb.db.log.LogKeys;
import io.defradb.db.overlay.Overlay;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks by CID: those of the transaction itself, then the stored ones, also those that were not
 * applied yet. Keeps a few packs. For one thread.
 */
final class BlockSource {
  private static final int PACKS_MAX = 32;

  private final Overlay overlay;
  private final List<Commit> own;
  private final Map<Long, List<byte[]>> packs =
      new LinkedHashMap<>(PACKS_MAX, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<byte[]>> eldest) {
          return size() > PACKS_MAX;
        }
      };

  BlockSource(Overlay overlay, List<Commit> own) {
    this.overlay = overlay;
    this.own = own;
  }

  @Nullable Bytes raw(Cid cid) {
    byte[] pointer = overlay.getUntracked(Columns.CID, BlockPack.key(cid));
    if (pointer == null) {
      byte[] kept = overlay.getUntracked(Columns.PENDING, BlockPack.key(cid));
      return kept == null ? ownBlock(cid) : Bytes.wrap(kept);
    }
    long seq = BlockPack.pointedSeq(pointer);
    List<byte[]> pack = packs.get(seq);
    if (pack == null) {
      byte[] stored = overlay.getUntracked(Columns.PACK, LogKeys.seq(seq));
      if (stored == null) {
        return null;
      }
      pack = BlockPack.decode(stored);
      packs.put(seq, pack);
    }
    int index = BlockPack.pointedIndex(pointer);
    return index < pack.size() ? Bytes.wrap(pack.get(index)) : null;
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
