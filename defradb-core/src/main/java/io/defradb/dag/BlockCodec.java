package io.defradb.dag;

import io.defradb.multiformats.Cid;

/** Blocks as canonical DAG-CBOR. */
public final class BlockCodec {
  private BlockCodec() {}

  public static byte[] encode(Block block) {
    throw new UnsupportedOperationException();
  }

  /** Throws {@code INVALID_CBOR} for anything but the canonical bytes of a block. */
  public static Block decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** Checks the CID first; throws {@code BLOCK_CID_MISMATCH}. */
  public static Block decode(Cid cid, byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** The CID of an encoded block. */
  public static Cid cid(byte[] bytes) {
    return Cid.of(Cid.DAG_CBOR, bytes);
  }
}
