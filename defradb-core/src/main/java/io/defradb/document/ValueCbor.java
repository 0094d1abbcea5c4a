package io.defradb.document;

import io.defradb.multiformats.Bytes;

/** Value CBOR. */
public final class ValueCbor {
  public static final Bytes NULL = Bytes.hex("f6");

  private ValueCbor() {}

  public static byte[] encode(FieldKind kind, Value value) {
    throw new UnsupportedOperationException();
  }

  public static Value decode(FieldKind kind, Bytes data) {
    throw new UnsupportedOperationException();
  }

  public static Value decode(FieldKind kind, byte[] data) {
    throw new UnsupportedOperationException();
  }

  public static Value decode(FieldKind kind, byte[] data, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** Without a kind: integers are Int, floats of any width Float64. */
  public static Value decode(byte[] data) {
    throw new UnsupportedOperationException();
  }
}
