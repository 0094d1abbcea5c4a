package io.defradb.db.log;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.ByteBuffer;
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
   * @param cids of the blocks, in their order
   * @param blocks those that others name before those others, or nothing is saved
   */
  public static byte[] encode(LogEntry entry, List<Cid> cids, List<byte[]> blocks) {
    var plain = new ByteSink();
    plain.prefixed(LogCodec.encode(entry));
    Map<ByteBuffer, Integer> places = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      fold(blocks.get(i), places, plain);
      places.put(ByteBuffer.wrap(cids.get(i).digest().unsafeArray()), i);
    }
    byte[] bytes = plain.toBytes();
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(bytes);
    return new ByteSink().octet(VERSION).varint(bytes.length).raw(packed).toBytes();
  }

  private static void fold(byte[] block, Map<ByteBuffer, Integer> places, ByteSink out) {
    out.varint(block.length);
    int from = 0;
    int head = 0;
    for (int at = 0; at < block.length && !places.isEmpty(); at++) {
      head = head << Byte.SIZE | block[at] & 0xff;
      int digest = at + 1;
      if (head == CID_HEAD && digest + Cid.DIGEST_BYTES <= block.length) {
        Integer place = places.get(ByteBuffer.wrap(block, digest, Cid.DIGEST_BYTES));
        if (place != null) {
          out.varint(digest - from).raw(block, from, digest - from).varint(place);
          from = digest + Cid.DIGEST_BYTES;
          at = from - 1;
        }
      }
    }
    if (from < block.length) {
      out.varint(block.length - from).raw(block, from, block.length - from);
    }
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
    return LogCodec.decode(seq, new ByteSource(plain(stored)).part());
  }

  private static byte[] plain(byte[] stored) {
    var in = new ByteSource(stored);
    if (in.octet() != VERSION) {
      throw ByteSource.corrupt(null);
    }
    int length = in.small();
    if (length > PLAIN_BYTES_MAX) {
      throw ByteSource.corrupt(null);
    }
    try {
      return LZ4Factory.safeInstance()
          .safeDecompressor()
          .decompress(stored, in.at(), stored.length - in.at(), length);
    } catch (LZ4Exception e) {
      throw ByteSource.corrupt(e);
    }
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
