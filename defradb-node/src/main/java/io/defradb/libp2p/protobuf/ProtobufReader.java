package io.defradb.libp2p.protobuf;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of one message as they come:
 *
 * <pre>{@code
 * var in = new ProtobufReader(bytes);
 * while (in.next()) {
 *   switch (in.field()) {
 *     case 1 -> id = in.bytes();
 *     case 3 -> connection = in.varint();
 *     default -> {} // skipped, as are fields whose value is not asked for
 *   }
 * }
 * }</pre>
 *
 * Never allocates more than the message is long. Every fault is a {@code PEER_FAULT}: a message cut
 * off, a field of another type than asked for, a number above 64 bits. Groups are not read.
 */
public final class ProtobufReader {
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_FIRST = 2;
  static final int FIXED_32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int wireType;
  private long number;
  private int valueAt;

  public ProtobufReader(Bytes message) {
    this(message.unsafeArray(), 0, message.length());
  }

  private ProtobufReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Goes to the next field; false at the end. */
  public boolean next() {
    if (at == end) {
      return false;
    }
    long tag = readVarint();
    field = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
    wireType = (int) (tag & 7);
    if (field == 0 || tag < 0) {
      throw fault("invalid field number");
    }
    switch (wireType) {
      case VARINT -> number = readVarint();
      case FIXED_64 -> skip(Long.BYTES);
      case FIXED_32 -> skip(Integer.BYTES);
      case LENGTH_FIRST -> skip(readVarint());
      default -> throw fault("invalid wire type");
    }
    return true;
  }

  /** The number of the field that {@link #next} found. */
  public int field() {
    return field;
  }

  /** The value of a number field; 64 bits, to be taken as unsigned where that matters. */
  public long varint() {
    require(VARINT);
    return number;
  }

  public boolean bool() {
    return varint() != 0;
  }

  /** A copy of the value of a field of bytes. */
  public Bytes bytes() {
    require(LENGTH_FIRST);
    return Bytes.wrap(Arrays.copyOfRange(bytes, valueAt, at));
  }

  /** The value as UTF-8; what is no UTF-8 reads as replacement characters. */
  public String text() {
    require(LENGTH_FIRST);
    return new String(bytes, valueAt, at - valueAt, StandardCharsets.UTF_8);
  }

  /** Reads the message inside this field, without a copy. */
  public ProtobufReader message() {
    require(LENGTH_FIRST);
    return new ProtobufReader(bytes, valueAt, at);
  }

  private void require(int expected) {
    if (wireType != expected) {
      throw fault("field of another type");
    }
  }

  private void skip(long count) {
    if (count < 0 || count > end - at) {
      throw fault("message cut off");
    }
    valueAt = at;
    at += (int) count;
  }

  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw fault("message cut off");
      }
      byte next = bytes[at++];
      if (shift == 63 && (next & 0xfe) != 0) {
        break;
      }
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw fault("varint too long");
  }

  private DefraException fault(String what) {
    return new DefraException(
        ErrorCode.PEER_FAULT, "malformed protobuf message", "Fault", what, "Field", field);
  }
}
