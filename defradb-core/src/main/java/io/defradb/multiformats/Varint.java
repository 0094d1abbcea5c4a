package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;

/**
 * Unsigned integers of up to 63 bits, seven bits a byte, the lowest first, the top bit set while
 * more follow (multiformats, "unsigned-varint"). Only the shortest form is valid.
 */
public final class Varint {
  /** Bytes that a varint can have. */
  public static final int BYTES_MAX = 9;

  private Varint() {}

  /** {@code value}: not negative. */
  public static byte[] encode(long value) {
    byte[] bytes = new byte[BYTES_MAX];
    return Arrays.copyOf(bytes, put(value, bytes, 0));
  }

  /** Writes {@code value}, which is not negative, and answers the index behind it. */
  public static int put(long value, byte[] out, int at) {
    if (value < 0) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "a varint is not negative");
    }
    long left = value;
    int end = at;
    while (left > 0x7f) {
      out[end++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    out[end++] = (byte) left;
    return end;
  }

  /** Bytes that {@code value} takes. */
  public static int length(long value) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
  }

  /** Reads the varint at {@code at}; its {@link #length} is how far it reaches. */
  public static long decode(byte[] bytes, int at) {
    long value = 0;
    for (int i = 0; i < BYTES_MAX && at + i < bytes.length; i++) {
      int b = bytes[at + i];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        if (b == 0 && i > 0) {
          throw new DefraException(ErrorCode.INVALID_ARGUMENT, "varint not minimally encoded");
        }
        return value;
      }
    }
    throw new DefraException(ErrorCode.INVALID_ARGUMENT, "varint cut off or too long");
  }
}
