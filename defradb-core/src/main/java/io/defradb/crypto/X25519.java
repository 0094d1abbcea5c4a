package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Diffie-Hellman on Curve25519 (RFC 7748): keys and secrets of 32 bytes, little-endian. */
public final class X25519 {
  public static final int KEY_BYTES = org.bouncycastle.math.ec.rfc7748.X25519.POINT_SIZE;

  private X25519() {}

  public static byte[] publicKey(byte[] privateKey) {
    byte[] key = new byte[KEY_BYTES];
    org.bouncycastle.math.ec.rfc7748.X25519.generatePublicKey(privateKey, 0, key, 0);
    return key;
  }

  /**
   * The secret that both sides have. Throws {@code INVALID_KEY} for a key that makes it all zero.
   */
  public static byte[] agree(byte[] privateKey, byte[] otherPublicKey) {
    byte[] secret = new byte[KEY_BYTES];
    boolean isStrong =
        otherPublicKey.length == KEY_BYTES
            && org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
                privateKey, 0, otherPublicKey, 0, secret, 0);
    if (!isStrong) {
      throw new DefraException(ErrorCode.INVALID_KEY, "invalid X25519 public key");
    }
    return secret;
  }
}
