package io.defradb.multiformats;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of whole messages, 32 bytes each; any thread. One digest a thread: the hot path makes
 * twelve for a new document.
 */
public final class Sha256 {
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new AssertionError("every JDK has SHA-256", e);
            }
          });

  private Sha256() {}

  public static byte[] hash(byte[] bytes) {
    return DIGEST.get().digest(bytes);
  }
}
