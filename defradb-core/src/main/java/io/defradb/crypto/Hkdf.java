package io.defradb.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Derives keys from a secret: HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {
  private Hkdf() {}

  /** {@code bytes}: at most 255 * 32. {@code salt} and {@code info} may be empty. */
  public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int bytes) {
    var generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(new HKDFParameters(secret, salt, info));
    byte[] key = new byte[bytes];
    generator.generateBytes(key, 0, bytes);
    return key;
  }
}
