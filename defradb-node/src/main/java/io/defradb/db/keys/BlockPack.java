package io.defradb.db.keys;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Cid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * The blocks of one log entry, compressed together: they repeat DocID, version ID and signer, and
 * sealed values do not compress afterwards.
 *
 * <pre>
 * pack   seq u64be -> 01 | length of the plain bytes u32be | LZ4 of: (length varint, block)*
 * cid    digest 32 -> seq varint | index varint
 * </pre>
 */
public final class BlockPack {
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 5;
  private static final int PLAIN_BYTES_MAX = 64 << 20;

  private BlockPack() {}

  public static byte[] encode(List<byte[]> blocks) {
    var out = new Varints.Out();
    blocks.forEach(block -> out.varint(block.length).bytes(block));
    byte[] plain = out.toBytes();
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(plain);
    return ByteBuffer.allocate(HEADER_BYTES + packed.length)
        .put((byte) VERSION)
        .putInt(plain.length)
        .put(packed)
        .array();
  }

  public static List<byte[]> decode(byte[] pack) {
    ByteBuffer header = ByteBuffer.wrap(pack);
    if (pack.length < HEADER_BYTES || header.get() != VERSION) {
      throw damaged(null);
    }
    int length = header.getInt();
    if (length < 0 || length > PLAIN_BYTES_MAX) {
      throw damaged(null);
    }
    byte[] plain;
    try {
      plain =
          LZ4Factory.safeInstance()
              .safeDecompressor()
              .decompress(pack, HEADER_BYTES, pack.length - HEADER_BYTES, length);
    } catch (LZ4Exception e) {
      throw damaged(e);
    }
    List<byte[]> blocks = new ArrayList<>();
    var in = new Varints.In(plain, 0);
    while (in.at() < plain.length) {
      blocks.add(in.bytes(in.small()));
    }
    return blocks;
  }

  /** The key of a block's place. */
  public static byte[] key(Cid cid) {
    return cid.digest().unsafeArray();
  }

  public static byte[] pointer(long seq, int index) {
    return new Varints.Out().varint(seq).varint(index).toBytes();
  }

  public static long pointedSeq(byte[] pointer) {
    return new Varints.In(pointer, 0).varint();
  }

  public static int pointedIndex(byte[] pointer) {
    var in = new Varints.In(pointer, 0);
    in.varint();
    return in.small();
  }

  private static DefraException damaged(@org.jspecify.annotations.Nullable Exception cause) {
    return new DefraException(ErrorCode.CORRUPT, "stored blocks are damaged", cause);
  }
}
