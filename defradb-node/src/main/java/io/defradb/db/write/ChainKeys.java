package io.defradb.db.write;

import io.defradb.dag.BlockCodec;
import io.defradb.db.apply.Commit;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.Head;
import io.defradb.db.log.CommitPack;
import io.defradb.db.log.LogKeys;
import io.defradb.db.overlay.Overlay;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which key the next block of a chain is encrypted with: that of the first of its heads that has
 * one (data-model specification, section 9). For one thread.
 */
final class ChainKeys {
  private final Overlay overlay;
  private final List<Commit> commits;
  private final DeltaKeys keys;
  private final Map<Cid, Cid> newEncryptions = new HashMap<>();
  private int remembered;

  ChainKeys(Overlay overlay, List<Commit> commits, DeltaKeys keys) {
    this.overlay = overlay;
    this.commits = commits;
    this.keys = keys;
  }

  /** {@code null}: none of the heads is encrypted, or their keys are not here. */
  DeltaKeys.@Nullable DeltaKey inherited(List<Head> heads) {
    if (!keys.isAny()) {
      return null;
    }
    List<Head> sorted = new ArrayList<>(heads);
    sorted.sort(Comparator.comparing(head -> Bytes.wrap(head.cid().toBytes())));
    for (Head head : sorted) {
      Cid link = encryptionOf(head.cid());
      DeltaKeys.DeltaKey found = link == null ? null : keys.find(link);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Cid encryptionOf(Cid cid) {
    rememberNewBlocks();
    Cid own = newEncryptions.get(cid);
    if (own != null) {
      return own;
    }
    byte[] pointer = overlay.getUntracked(Columns.CID, BlockPlace.key(cid));
    if (pointer == null) {
      return null;
    }
    BlockPlace place = BlockPlace.decode(pointer);
    byte[] pack = overlay.getUntracked(LogKeys.ENTRIES, LogKeys.seq(place.seq()));
    return pack == null
        ? null
        : BlockCodec.decode(CommitPack.decode(pack).block(place.place())).encryption();
  }

  /**
   * Blocks of this transaction are not stored yet, and another writer may have made them: later
   * ones must still find their keys.
   */
  private void rememberNewBlocks() {
    for (; remembered < commits.size(); remembered++) {
      for (Commit.Encoded block : commits.get(remembered).blocks()) {
        if (BlockCodec.isCommit(block.bytes())) {
          Cid encryption = BlockCodec.decode(block.bytes()).encryption();
          if (encryption != null) {
            newEncryptions.put(block.cid(), encryption);
          }
        }
      }
    }
  }

  /** Commits from {@code size} on were taken back. */
  void forgetFrom(int size) {
    remembered = Math.min(remembered, size);
  }
}
