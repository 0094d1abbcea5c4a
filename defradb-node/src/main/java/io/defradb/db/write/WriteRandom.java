package io.defradb.db.write;

import io.defradb.document.DocId;
import java.util.random.RandomGenerator;

/**
 * What is random in commits. A test that must get known bytes gives its own. Safe for use by many
 * threads.
 */
public interface WriteRandom {
  /** Of a counter's increment after the create: 0 to 2^63 - 2. */
  long counterNonce();

  /** 32 bytes for one document, field or collection. */
  byte[] encryptionKey(DocId docId, String fieldName);

  /** 12 bytes, never the same for one key. */
  byte[] encryptionNonce();

  static WriteRandom of(RandomGenerator random) {
    return new WriteRandom() {
      @Override
      public long counterNonce() {
        return random.nextLong(Long.MAX_VALUE);
      }

      @Override
      public byte[] encryptionKey(DocId docId, String fieldName) {
        return bytes(32);
      }

      @Override
      public byte[] encryptionNonce() {
        return bytes(12);
      }

      private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
      }
    };
  }
}
