package io.defradb.dag;

import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import org.jspecify.annotations.Nullable;

/** EncryptionBlock block. */
public record EncryptionBlock(DocId docId, @Nullable String fieldName, Bytes key) {
  public byte[] encode() {
    throw new UnsupportedOperationException();
  }

  public static EncryptionBlock decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }
}
