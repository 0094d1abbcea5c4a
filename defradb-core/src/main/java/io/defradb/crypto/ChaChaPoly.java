package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ChaCha20-Poly1305 (RFC 8439) with one key, for one direction of a conversation: a tag of {@value
 * #TAG_BYTES} bytes behind the cipher text. Each message needs a nonce of its own. Not safe for use
 * by many threads.
 */
public final class ChaChaPoly {
  public static final int KEY_BYTES = 32;
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = 16;

  private final SecretKeySpec key;
  private final Cipher cipher;

  public ChaChaPoly(byte[] key) {
    this.key = new SecretKeySpec(key, "ChaCha20");
    try {
      this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK since 11 has ChaCha20-Poly1305", e);
    }
  }

  /** Writes {@code length} + {@value #TAG_BYTES} bytes to {@code out} at {@code outAt}. */
  public void seal(
      byte[] nonce, byte[] aad, byte[] plain, int from, int length, byte[] out, int outAt) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
      cipher.updateAAD(aad);
      cipher.doFinal(plain, from, length, out, outAt);
    } catch (GeneralSecurityException e) {
      throw new DefraException(ErrorCode.INVALID_KEY, "cannot encrypt", e);
    }
  }

  /**
   * Writes {@code length} - {@value #TAG_BYTES} bytes to {@code out} at {@code outAt}. Throws
   * {@code DECRYPTION_FAILED}; then nothing of the message is known.
   */
  public void open(
      byte[] nonce, byte[] aad, byte[] sealed, int from, int length, byte[] out, int outAt) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
      cipher.updateAAD(aad);
      cipher.doFinal(sealed, from, length, out, outAt);
    } catch (GeneralSecurityException e) {
      throw new DefraException(
          ErrorCode.DECRYPTION_FAILED, "cipher: message authentication failed", e);
    }
  }
}
