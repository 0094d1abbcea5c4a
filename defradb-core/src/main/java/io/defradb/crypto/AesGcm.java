package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in Galois counter mode, a tag of 16 bytes behind the cipher text. A nonce (12 bytes) must not
 * be used twice with one key. Keys have 16, 24 or 32 bytes.
 */
public final class AesGcm {
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = 16;

  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(AesGcm::newCipher);

  private AesGcm() {}

  /** {@code aad}: authenticated, not encrypted; may be empty. */
  public static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plainText) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, nonce, aad, plainText);
    } catch (GeneralSecurityException e) {
      throw new DefraException(ErrorCode.INVALID_KEY, "invalid encryption key", e);
    }
  }

  /** Throws {@code DECRYPTION_FAILED} for another key, nonce or aad, or changed bytes. */
  public static byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] cipherText) {
    try {
      return run(Cipher.DECRYPT_MODE, key, nonce, aad, cipherText);
    } catch (GeneralSecurityException e) {
      throw new DefraException(
          ErrorCode.DECRYPTION_FAILED, "cipher: message authentication failed", e);
    }
  }

  private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] aad, byte[] input)
      throws GeneralSecurityException {
    var secret = new SecretKeySpec(key, "AES");
    var parameters = new GCMParameterSpec(8 * TAG_BYTES, nonce);
    Cipher cipher = CIPHER.get();
    try {
      cipher.init(mode, secret, parameters);
    } catch (InvalidAlgorithmParameterException e) {
      // A cipher refuses the nonce it had last: recorded commits share one. Another cipher takes
      // it.
      cipher = newCipher();
      cipher.init(mode, secret, parameters);
    }
    cipher.updateAAD(aad);
    return cipher.doFinal(input);
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM", e);
    }
  }
}
