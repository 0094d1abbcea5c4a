package io.defradb.db.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compresses short values into LZ4 blocks. A compressor for long ones begins with a fresh table of
 * 16 KiB, which costs more than a value of 2 KiB does; this one keeps its table, and knows by their
 * numbers which places are of an earlier value. For one thread.
 *
 * <pre>
 * block: sequence*; the last has literals only, at least 5
 * sequence: token: literals u4, match length less 4 u4 | more of literals | literals
 *           | offset u16le | more of match length
 * more: where its four bits are 15: octets of 255, then one below
 * </pre>
 *
 * Source: LZ4 Block Format Description, "End of block restrictions" for the last 12 bytes.
 */
final class Lz4Writer {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HASH_BITS = 12;
  private static final int MATCH_MIN = 4;
  private static final int LITERALS_AT_END = 5;
  private static final int NO_MATCH_AT_END = 12;
  private static final int OFFSET_MAX = 0xffff;
  private static final int NIBBLE_MAX = 15;
  private static final int PATIENCE_BITS = 6;

  /** Where four bytes were last seen, by their hash: {@link #base} plus the place in a value. */
  private final int[] table = new int[1 << HASH_BITS];

  private int base = 1;
  private byte[] out = new byte[0];
  private int at;

  /** The longest that a value of {@code length} can get. */
  static int lengthMax(int length) {
    return length + length / 255 + 16;
  }

  /**
   * Writes the block of {@code in}'s first {@code length} bytes into {@code to}, which has room for
   * {@link #lengthMax}, from {@code from} on. Answers where it ends.
   */
  int write(byte[] in, int length, byte[] to, int from) {
    if (base > Integer.MAX_VALUE - length) {
      Arrays.fill(table, 0);
      base = 1;
    }
    out = to;
    at = from;
    int literals = 0;
    int place = 0;
    int misses = 0;
    while (place <= length - NO_MATCH_AT_END) {
      int four = (int) INT.get(in, place);
      int hash = four * 0x9e3779b1 >>> Integer.SIZE - HASH_BITS;
      int candidate = table[hash] - base;
      table[hash] = base + place;
      boolean isMatch =
          candidate >= 0 && place - candidate <= OFFSET_MAX && (int) INT.get(in, candidate) == four;
      if (isMatch) {
        int end = matchEnd(in, candidate + MATCH_MIN, place + MATCH_MIN, length - LITERALS_AT_END);
        sequence(in, literals, place, place - candidate, end - place - MATCH_MIN);
        place = end;
        literals = end;
        misses = 0;
      } else {
        place += 1 + (misses++ >> PATIENCE_BITS);
      }
    }
    literals(in, literals, length - literals, 0);
    base += length;
    out = new byte[0];
    return at;
  }

  private static int matchEnd(byte[] in, int earlier, int later, int end) {
    int mismatch = Arrays.mismatch(in, earlier, earlier + (end - later), in, later, end);
    return mismatch < 0 ? end : later + mismatch;
  }

  private void sequence(byte[] in, int literals, int place, int offset, int moreMatched) {
    literals(in, literals, place - literals, Math.min(moreMatched, NIBBLE_MAX));
    out[at++] = (byte) offset;
    out[at++] = (byte) (offset >>> Byte.SIZE);
    more(moreMatched);
  }

  private void literals(byte[] in, int from, int count, int matchNibble) {
    out[at++] = (byte) (Math.min(count, NIBBLE_MAX) << 4 | matchNibble);
    more(count);
    System.arraycopy(in, from, out, at, count);
    at += count;
  }

  private void more(int count) {
    if (count >= NIBBLE_MAX) {
      int rest = count - NIBBLE_MAX;
      for (; rest >= 255; rest -= 255) {
        out[at++] = (byte) 255;
      }
      out[at++] = (byte) rest;
    }
  }
}
