package io.defradb.db.log;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows as records are written. Varints are unsigned LEB128. */
public final class ByteSink {
  private byte[] bytes;
  private int length;

  public ByteSink() {
    this(256);
  }

  ByteSink(int capacity) {
    this.bytes = new byte[capacity];
  }

  public ByteSink octet(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public ByteSink varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Behind its length. */
  public ByteSink text(String text) {
    return prefixed(text.getBytes(StandardCharsets.UTF_8));
  }

  public ByteSink prefixed(Bytes value) {
    return prefixed(value.unsafeArray());
  }

  ByteSink prefixed(byte[] value) {
    return varint(value.length).raw(value);
  }

  public ByteSink cid(Cid cid) {
    return raw(cid.toBytes());
  }

  ByteSink raw(byte[] value) {
    return raw(value, 0, value.length);
  }

  ByteSink raw(byte[] value, int from, int count) {
    ensure(count);
    System.arraycopy(value, from, bytes, length, count);
    length += count;
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  int length() {
    return length;
  }

  /** All that was written into another, as an LZ4 block. */
  ByteSink compressed(ByteSink plain, Lz4Writer writer) {
    ensure(Lz4Writer.lengthMax(plain.length));
    length = writer.write(plain.bytes, plain.length, bytes, length);
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
