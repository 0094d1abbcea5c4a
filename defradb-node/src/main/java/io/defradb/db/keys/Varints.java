package io.defradb.db.keys;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;

/** Unsigned LEB128 in growing and in stored arrays. */
final class Varints {
  private Varints() {}

  /** Writes into a growing array. */
  static final class Out {
    private byte[] buffer;
    private int length;

    Out(int capacity) {
      buffer = new byte[capacity];
    }

    Out octet(int value) {
      room(1);
      buffer[length++] = (byte) value;
      return this;
    }

    Out varint(long value) {
      room(10);
      long left = value;
      while ((left & ~0x7fL) != 0) {
        buffer[length++] = (byte) (left & 0x7f | 0x80);
        left >>>= 7;
      }
      buffer[length++] = (byte) left;
      return this;
    }

    Out bytes(byte[] bytes) {
      room(bytes.length);
      System.arraycopy(bytes, 0, buffer, length, bytes.length);
      length += bytes.length;
      return this;
    }

    byte[] toBytes() {
      return Arrays.copyOf(buffer, length);
    }

    private void room(int more) {
      if (buffer.length - length < more) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
      }
    }
  }

  /** Reads from a stored array; throws CORRUPT beyond its end. */
  static final class In {
    private final byte[] buffer;
    private int at;

    In(byte[] buffer, int at) {
      this.buffer = buffer;
      this.at = at;
    }

    int at() {
      return at;
    }

    int octet() {
      if (at >= buffer.length) {
        throw corrupt();
      }
      return buffer[at++] & 0xff;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        int b = octet();
        value |= (long) (b & 0x7f) << shift;
        if (b < 0x80) {
          return value;
        }
      }
      throw corrupt();
    }

    int small() {
      long value = varint();
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw corrupt();
      }
      return (int) value;
    }

    byte[] bytes(int count) {
      int from = skip(count);
      return Arrays.copyOfRange(buffer, from, from + count);
    }

    /** The index where the skipped bytes begin. */
    int skip(int count) {
      if (count < 0 || count > buffer.length - at) {
        throw corrupt();
      }
      int from = at;
      at += count;
      return from;
    }

    private static DefraException corrupt() {
      return new DefraException(ErrorCode.CORRUPT, "a stored document is damaged");
    }
  }
}
