package io.defradb.libp2p.protobuf;

import io.defradb.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the fields of one message, in the order in which they are given. Empty values are written
 * too: whoever wants a field left out does not call. Not safe for use by many threads.
 */
public final class ProtobufWriter {
  private static final int VARINT_BYTES_MAX = 10;

  private byte[] bytes = new byte[128];
  private int length;

  /** A number, unsigned. */
  public ProtobufWriter varint(int field, long value) {
    tag(field, ProtobufReader.VARINT);
    putVarint(value);
    return this;
  }

  public ProtobufWriter bool(int field, boolean value) {
    return varint(field, value ? 1 : 0);
  }

  public ProtobufWriter bytes(int field, Bytes value) {
    return bytes(field, value.unsafeArray());
  }

  public ProtobufWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message inside this one. */
  public ProtobufWriter message(int field, ProtobufWriter message) {
    tag(field, ProtobufReader.LENGTH_FIRST);
    putVarint(message.length);
    put(message.bytes, message.length);
    return this;
  }

  private ProtobufWriter bytes(int field, byte[] value) {
    tag(field, ProtobufReader.LENGTH_FIRST);
    putVarint(value.length);
    put(value, value.length);
    return this;
  }

  /** Bytes written so far. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public Bytes toBytes() {
    return Bytes.wrap(Arrays.copyOf(bytes, length));
  }

  private void tag(int field, int wireType) {
    putVarint((long) field << 3 | wireType);
  }

  private void putVarint(long value) {
    reserve(VARINT_BYTES_MAX);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  private void put(byte[] value, int count) {
    reserve(count);
    System.arraycopy(value, 0, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, count)));
    }
  }
}
