package io.defradb.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, one digest a thread. */
final class Digests {
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new AssertionError("every JDK has SHA-256", e);
            }
          });

  private Digests() {}

  static byte[] sha256(byte[] message) {
    return SHA256.get().digest(message);
  }
}
