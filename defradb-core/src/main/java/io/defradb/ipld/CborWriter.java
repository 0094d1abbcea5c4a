package io.defradb.ipld;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes canonical CBOR into a growing array: shortest integers and lengths, floats in the shortest
 * of 16, 32 and 64 bits that holds them exactly. The order of map keys is the caller's. For one
 * thread.
 */
public final class CborWriter {
  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int TAG = 6;
  static final int LINK_TAG = 42;

  private byte[] buffer;
  private int length;

  public CborWriter(int capacity) {
    buffer = new byte[capacity];
  }

  public CborWriter mapHeader(int entries) {
    return head(MAP, entries);
  }

  public CborWriter arrayHeader(int items) {
    return head(ARRAY, items);
  }

  public CborWriter integer(long value) {
    return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, ~value);
  }

  /** A 64-bit number without sign. */
  public CborWriter unsigned(long value) {
    return head(UNSIGNED, value);
  }

  public CborWriter bool(boolean value) {
    return simple(value ? 0xf5 : 0xf4);
  }

  public CborWriter nullValue() {
    return simple(0xf6);
  }

  /** Text; a lone surrogate from {@link CborReader#text} becomes the byte it stands for again. */
  public CborWriter text(String text) {
    int chars = text.length();
    for (int i = 0; i < chars; i++) {
      if (text.charAt(i) >= 0x80) {
        byte[] utf8 = InvalidUtf8.encode(text);
        head(TEXT, utf8.length);
        return raw(utf8, 0, utf8.length);
      }
    }
    head(TEXT, chars);
    room(chars);
    for (int i = 0; i < chars; i++) {
      buffer[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  public CborWriter bytes(byte[] bytes) {
    head(BYTES, bytes.length);
    return raw(bytes, 0, bytes.length);
  }

  public CborWriter bytes(Bytes bytes) {
    return bytes(bytes.unsafeArray());
  }

  /** Text as a byte string. */
  public CborWriter bytesOf(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tag 42 over {@code 00} and the CID's bytes. */
  public CborWriter link(Cid cid) {
    byte[] bytes = cid.toBytes();
    head(TAG, LINK_TAG);
    head(BYTES, bytes.length + 1);
    room(1);
    buffer[length++] = 0;
    return raw(bytes, 0, bytes.length);
  }

  public CborWriter float64(double value) {
    float single = (float) value;
    if (Double.isNaN(value)
        || Double.doubleToRawLongBits(single) == Double.doubleToRawLongBits(value)) {
      return float32(single);
    }
    room(9);
    buffer[length++] = (byte) 0xfb;
    return fixed(Double.doubleToRawLongBits(value), 8);
  }

  public CborWriter float32(float value) {
    int half = Half.bitsOf(value);
    if (half >= 0) {
      room(3);
      buffer[length++] = (byte) 0xf9;
      return fixed(half, 2);
    }
    room(5);
    buffer[length++] = (byte) 0xfa;
    return fixed(Float.floatToRawIntBits(value), 4);
  }

  /** CBOR that is already encoded. */
  public CborWriter raw(byte[] bytes, int from, int count) {
    room(count);
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
    return this;
  }

  public int length() {
    return length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  private CborWriter simple(int code) {
    room(1);
    buffer[length++] = (byte) code;
    return this;
  }

  private CborWriter head(int major, long value) {
    room(9);
    int type = major << 5;
    if (value >= 0 && value < 24) {
      buffer[length++] = (byte) (type | (int) value);
      return this;
    }
    int width = value < 0 || value > 0xffffffffL ? 8 : value > 0xffff ? 4 : value > 0xff ? 2 : 1;
    buffer[length++] = (byte) (type | 24 + Integer.numberOfTrailingZeros(width));
    return fixed(value, width);
  }

  private CborWriter fixed(long value, int width) {
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void room(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
