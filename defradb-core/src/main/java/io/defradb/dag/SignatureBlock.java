package io.defradb.dag;

import io.defradb.multiformats.Bytes;

/** SignatureBlock block. */
public record SignatureBlock(String type, Bytes identity, Bytes value) {
  public byte[] encode() {
    throw new UnsupportedOperationException();
  }

  public static SignatureBlock decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }
}
