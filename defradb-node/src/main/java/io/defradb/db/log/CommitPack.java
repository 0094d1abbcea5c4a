package io.defradb.db.log;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * A log entry and the blocks that came with it as one stored value, compressed together: they
 * repeat DocID, version ID and signer, and a sealed value does not compress afterwards. Where a
 * block names an earlier one by its CID, the place of that one stands instead: a digest does not
 * compress at all, and is made again from the bytes.
 *
 * <pre>
 * 01 | length of the plain bytes varint | LZ4 of: entry, behind its length varint | block*
 * block: length varint, then until it is full: count varint, bytes | place varint of an earlier block, for its digest (32 bytes)
 * </pre>
 *
 * For one thread.
 */
public final class CommitPack {
  private static final int VERSION = 1;
  private static final int PLAIN_BYTES_MAX = 64 << 20;

  /** What stands before a digest in a CID of ours: version 1, DAG-CBOR, sha2-256, 32 bytes. */
  private static final int CID_HEAD = 0x01711220;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int LENGTH_BYTES_MAX = 5;
  private static final ThreadLocal<Lz4Writer> LZ4 = ThreadLocal.withInitial(Lz4Writer::new);

  private final ByteSource entry;
  private final List<byte[]> blocks = new ArrayList<>();
  private final List<byte @Nullable []> digests = new ArrayList<>();

  private CommitPack(byte[] plain) {
    var in = new ByteSource(plain);
    this.entry = in.part();
    while (!in.isAtEnd()) {
      blocks.add(unfold(in));
      digests.add(null);
    }
  }

  /**
   * The bytes of an entry with its blocks.
   *
   * @param cids of the blocks, in their order
   * @param blocks those that others name before those others, or nothing is saved
   */
  public static byte[] encode(LogEntry entry, List<Cid> cids, List<byte[]> blocks) {
    byte[] head = LogCodec.encode(entry);
    int sum = head.length + LENGTH_BYTES_MAX;
    for (byte[] block : blocks) {
      sum += block.length + 2 * LENGTH_BYTES_MAX;
    }
    var plain = new ByteSink(sum).prefixed(head);
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      fold(blocks.get(i), cids, places, plain);
      places.put(start(cids.get(i).digest().unsafeArray(), 0), i);
    }
    var out = new ByteSink(1 + LENGTH_BYTES_MAX + Lz4Writer.lengthMax(plain.length()));
    out.octet(VERSION).varint(plain.length());
    return out.compressed(plain, LZ4.get()).toBytes();
  }

  private static void fold(byte[] block, List<Cid> cids, Map<Long, Integer> places, ByteSink out) {
    out.varint(block.length);
    int from = 0;
    int digest = places.isEmpty() ? -1 : nextDigest(block, 0);
    while (digest >= 0) {
      Integer place = places.get(start(block, digest));
      if (place != null && isAt(cids.get(place), block, digest)) {
        out.varint(digest - from).raw(block, from, digest - from).varint(place);
        from = digest + Cid.DIGEST_BYTES;
        digest = nextDigest(block, from);
      } else {
        digest = nextDigest(block, digest);
      }
    }
    if (from < block.length) {
      out.varint(block.length - from).raw(block, from, block.length - from);
    }
  }

  /** Where a digest begins behind a CID's head that is not before {@code from}; -1: nowhere. */
  private static int nextDigest(byte[] block, int from) {
    int last = from + Integer.BYTES - 1; // where a head would end: most bytes are in no head
    while (last < block.length - Cid.DIGEST_BYTES) {
      switch (block[last]) {
        case 0x20 -> {
          if ((int) INT.get(block, last + 1 - Integer.BYTES) == CID_HEAD) {
            return last + 1;
          }
          last += Integer.BYTES;
        }
        case 0x12 -> last += 1;
        case 0x71 -> last += 2;
        case 0x01 -> last += 3;
        default -> last += Integer.BYTES;
      }
    }
    return -1;
  }

  private static boolean isAt(Cid cid, byte[] block, int from) {
    byte[] digest = cid.digest().unsafeArray();
    return Arrays.equals(digest, 0, digest.length, block, from, from + digest.length);
  }

  /** Enough of a digest to find it by. */
  private static long start(byte[] bytes, int from) {
    return (long) LONG.get(bytes, from);
  }

  private byte[] unfold(ByteSource in) {
    int length = in.small();
    if (length > PLAIN_BYTES_MAX) {
      throw ByteSource.corrupt(null);
    }
    byte[] block = new byte[length];
    int at = 0;
    while (at < length) {
      int count = in.count();
      if (count > length - at) {
        throw ByteSource.corrupt(null);
      }
      in.copyTo(block, at, count);
      at += count;
      if (at < length) {
        int place = in.small();
        if (place >= blocks.size() || length - at < Cid.DIGEST_BYTES) {
          throw ByteSource.corrupt(null);
        }
        System.arraycopy(digest(place), 0, block, at, Cid.DIGEST_BYTES);
        at += Cid.DIGEST_BYTES;
      }
    }
    return block;
  }

  private byte[] digest(int place) {
    byte[] known = digests.get(place);
    if (known != null) {
      return known;
    }
    byte[] digest = Cid.of(Cid.DAG_CBOR, blocks.get(place)).digest().unsafeArray();
    digests.set(place, digest);
    return digest;
  }

  /** Throws CORRUPT. */
  public static CommitPack decode(byte[] stored) {
    return new CommitPack(plain(stored));
  }

  /** The entry alone. Throws CORRUPT. */
  public static LogEntry entry(long seq, byte[] stored) {
    var in = new ByteSource(stored);
    int length = plainLength(in);
    byte[] first = Lz4Reader.firstPart(stored, in.at(), length);
    return LogCodec.decode(seq, new ByteSource(first).part());
  }

  private static byte[] plain(byte[] stored) {
    var in = new ByteSource(stored);
    int length = plainLength(in);
    try {
      return LZ4Factory.safeInstance()
          .safeDecompressor()
          .decompress(stored, in.at(), stored.length - in.at(), length);
    } catch (LZ4Exception e) {
      throw ByteSource.corrupt(e);
    }
  }

  private static int plainLength(ByteSource in) {
    if (in.octet() != VERSION) {
      throw ByteSource.corrupt(null);
    }
    int length = in.small();
    if (length > PLAIN_BYTES_MAX) {
      throw ByteSource.corrupt(null);
    }
    return length;
  }

  public LogEntry entry(long seq) {
    return LogCodec.decode(seq, entry);
  }

  /** How many blocks there are. */
  public int size() {
    return blocks.size();
  }

  /** The bytes of a block, which must not be changed. */
  public byte[] block(int place) {
    return blocks.get(place);
  }

  /** The CID of a block's bytes. */
  public Cid cid(int place) {
    return new Cid(Cid.DAG_CBOR, Bytes.wrap(digest(place)));
  }

  /** Whether there is a block at {@code place}, and its bytes are those of {@code cid}. */
  public boolean holds(int place, Cid cid) {
    return place < blocks.size() && Arrays.equals(digest(place), cid.digest().unsafeArray());
  }
}
