package io.defradb.db.log;

import java.util.Arrays;

/**
 * Decompresses no more of an LZ4 block than its first part, which stands behind its length (LZ4
 * block format: sequences of a token, literals, and a match some bytes back). Whoever wants the
 * entry of a commit alone need not unpack the blocks behind it.
 */
final class Lz4Reader {
  private static final int FIRST_BYTES = 512;
  private static final int MATCH_BYTES_MIN = 4;
  private static final int LENGTH_BYTES_MAX = 5;
  private static final int NIBBLE_FULL = 15;

  private final byte[] in;
  private final int length;
  private int at;
  private byte[] out;
  private int filled;

  private Lz4Reader(byte[] in, int from, int length) {
    this.in = in;
    this.at = from;
    this.length = length;
    this.out = new byte[Math.min(length, FIRST_BYTES)];
  }

  /**
   * The beginning of the plain bytes, with at least the first part in it. Throws CORRUPT.
   *
   * @param from where the block begins, which ends with {@code stored}
   * @param length of all plain bytes
   */
  static byte[] firstPart(byte[] stored, int from, int length) {
    return new Lz4Reader(stored, from, length).read();
  }

  private byte[] read() {
    while (!hasFirstPart()) {
      int token = octet();
      literals(length(token >>> 4));
      if (filled < length) {
        int distance = octet() | octet() << 8;
        match(distance, length(token & NIBBLE_FULL) + MATCH_BYTES_MIN);
      }
    }
    return out;
  }

  private boolean hasFirstPart() {
    if (filled == length) {
      return true;
    }
    int size = 0;
    for (int i = 0; i < Math.min(filled, LENGTH_BYTES_MAX); i++) {
      size |= (out[i] & 0x7f) << 7 * i;
      if (out[i] >= 0) {
        return size >= 0 && size <= filled - i - 1;
      }
    }
    return false;
  }

  private int octet() {
    if (at >= in.length) {
      throw ByteSource.corrupt(null);
    }
    return in[at++] & 0xff;
  }

  private int length(int nibble) {
    int sum = nibble;
    if (nibble == NIBBLE_FULL) {
      int more;
      do {
        more = octet();
        sum += more;
        require(sum <= length);
      } while (more == 0xff);
    }
    return sum;
  }

  private void literals(int count) {
    require(count <= in.length - at);
    makeRoom(count);
    System.arraycopy(in, at, out, filled, count);
    at += count;
    filled += count;
  }

  /** A match may reach into what it writes itself: then it repeats. */
  private void match(int distance, int count) {
    require(distance > 0 && distance <= filled);
    makeRoom(count);
    if (distance >= count) {
      System.arraycopy(out, filled - distance, out, filled, count);
      filled += count;
      return;
    }
    for (int end = filled + count; filled < end; filled++) {
      out[filled] = out[filled - distance];
    }
  }

  private void makeRoom(int count) {
    require(count <= length - filled);
    if (count > out.length - filled) {
      out = Arrays.copyOf(out, Math.min(length, Math.max(filled + count, 2 * out.length)));
    }
  }

  private static void require(boolean isSound) {
    if (!isSound) {
      throw ByteSource.corrupt(null);
    }
  }
}
