package io.defradb.db.keys;

import io.defradb.multiformats.Cid;

/**
 * Where a block is: the log entry it came with, and its place among the blocks of that entry. Not
 * sealed: it says no more than the order of the log.
 *
 * <pre>
 * cid    digest 32 -> seq varint | place varint
 * </pre>
 */
public record BlockPlace(long seq, int place) {

  /** The key of a block's place. */
  public static byte[] key(Cid cid) {
    return cid.digest().unsafeArray();
  }

  public byte[] encode() {
    return new Varints.Out(10).varint(seq).varint(place).toBytes();
  }

  /** Throws CORRUPT. */
  public static BlockPlace decode(byte[] stored) {
    var in = new Varints.In(stored, 0);
    return new BlockPlace(in.varint(), in.small());
  }
}
