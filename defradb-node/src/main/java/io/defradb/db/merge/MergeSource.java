package io.defradb.db.merge;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.db.CommitReader;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.overlay.Overlay;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks that a merge can see: fetched, kept, applied. For one thread. */
final class MergeSource {
  private final Overlay overlay;
  private final CommitReader stored;
  private final Map<Cid, Bytes> appliedHere = new HashMap<>();
  private Map<Cid, Bytes> fetched = Map.of();

  MergeSource(Overlay overlay, CommitReader stored) {
    this.overlay = overlay;
    this.stored = stored;
  }

  void setFetched(Map<Cid, Bytes> blocks) {
    fetched = blocks;
  }

  boolean isApplied(Cid cid) {
    return appliedHere.containsKey(cid)
        || overlay.getUntracked(Columns.CID, BlockPlace.key(cid)) != null;
  }

  boolean isStored(Cid cid) {
    return isApplied(cid) || overlay.getUntracked(Columns.PENDING, BlockPlace.key(cid)) != null;
  }

  boolean hasKey(@Nullable Cid encryption) {
    return encryption == null
        || overlay.getUntracked(Columns.ENCRYPTION, BlockPlace.key(encryption)) != null;
  }

  /** {@code null}: it is not here. */
  @Nullable Bytes raw(Cid cid) {
    Bytes found = fetched.get(cid);
    if (found == null) {
      found = appliedHere.get(cid);
    }
    if (found == null) {
      byte[] kept = overlay.getUntracked(Columns.PENDING, BlockPlace.key(cid));
      found = kept == null ? stored.raw(cid) : Bytes.wrap(kept);
    }
    return found;
  }

  /** A commit, decoded; {@code null}: it is not here. */
  @Nullable Block block(Cid cid) {
    Bytes raw = raw(cid);
    return raw == null ? null : BlockCodec.decode(raw.unsafeArray());
  }

  Bytes requireRaw(Cid cid) {
    Bytes raw = raw(cid);
    if (raw == null) {
      throw new DefraException(ErrorCode.BLOCK_NOT_FOUND, "ipld: could not find " + cid);
    }
    return raw;
  }

  Block requireBlock(Cid cid) {
    return BlockCodec.decode(requireRaw(cid).unsafeArray());
  }

  /** The block is part of the log from now on. */
  void noteApplied(Cid cid, Bytes raw) {
    appliedHere.put(cid, raw);
    byte[] key = BlockPlace.key(cid);
    if (overlay.getUntracked(Columns.PENDING, key) != null) {
      overlay.delete(Columns.PENDING, key);
    }
  }

  /** The data of a field delta. */
  static Bytes data(Delta delta) {
    if (delta instanceof Delta.Lww lww) {
      return lww.data();
    }
    if (delta instanceof Delta.Counter counter) {
      return counter.data();
    }
    throw fault("a composite links a block that is no field's");
  }

  static DefraException fault(String text) {
    return new DefraException(ErrorCode.PEER_FAULT, "invalid commit: " + text);
  }
}
