package io.defradb.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows that whoever made a message had the key: HMAC with SHA-256 (RFC 2104). */
public final class Hmac {
  public static final int BYTES = 32;

  private static final String NAME = "HmacSHA256";

  private Hmac() {}

  /** {@code key}: not empty. */
  public static byte[] sha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HMAC-SHA256", e);
    }
  }
}
