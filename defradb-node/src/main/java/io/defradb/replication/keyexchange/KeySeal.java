package io.defradb.replication.keyexchange;

import io.defradb.crypto.AesGcm;
import io.defradb.crypto.Hkdf;
import io.defradb.crypto.Hmac;
import io.defradb.crypto.X25519;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Seals what one peer tells another (network specification, section 10): AES-256-GCM under a key
 * that both agree on, then HMAC-SHA256. Layout: {@code nonce(12) | cipher text | tag(16) |
 * hmac(32)}. Bound to both public keys and to who answers.
 */
final class KeySeal {
  private static final int AES_BYTES = 32;
  private static final int HMAC_BYTES = Hmac.BYTES;
  private static final int OVERHEAD = AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES + HMAC_BYTES;

  private final byte[] aesKey;
  private final byte[] hmacKey;
  private final byte[] associated;

  private KeySeal(byte[] secret, Bytes asker, Bytes answerer, PeerId answererId) {
    byte[] keys = Hkdf.derive(secret, new byte[0], new byte[0], AES_BYTES + HMAC_BYTES);
    aesKey = Arrays.copyOf(keys, AES_BYTES);
    hmacKey = Arrays.copyOfRange(keys, AES_BYTES, keys.length);
    byte[] names = joined(asker.unsafeArray(), answererId.bytes().unsafeArray());
    associated = joined(answerer.unsafeArray(), Base64.getEncoder().encode(names));
  }

  /**
   * For who asks. Throws INVALID_KEY.
   *
   * @param privateKey of who asks
   * @param answerer public key in the answer
   * @param answererId who answers
   */
  static KeySeal ofAsker(byte[] privateKey, Bytes answerer, PeerId answererId) {
    Bytes asker = Bytes.wrap(X25519.publicKey(privateKey));
    byte[] secret = X25519.agree(privateKey, answerer.unsafeArray());
    return new KeySeal(secret, asker, answerer, answererId);
  }

  /**
   * For who answers. Throws INVALID_KEY.
   *
   * @param privateKey of who answers
   * @param asker public key in the request
   * @param self who answers
   */
  static KeySeal ofAnswerer(byte[] privateKey, Bytes asker, PeerId self) {
    Bytes answerer = Bytes.wrap(X25519.publicKey(privateKey));
    byte[] secret = X25519.agree(privateKey, asker.unsafeArray());
    return new KeySeal(secret, asker, answerer, self);
  }

  /** {@code nonce}: not used before under this seal. */
  Bytes seal(byte[] nonce, Bytes plainText) {
    byte[] cipherText = AesGcm.seal(aesKey, nonce, associated, plainText.unsafeArray());
    byte[] sealed = joined(nonce, cipherText);
    return Bytes.wrap(joined(sealed, Hmac.sha256(hmacKey, sealed)));
  }

  /** Throws DECRYPTION_FAILED. */
  Bytes open(Bytes sealed) {
    int end = sealed.length() - HMAC_BYTES;
    if (sealed.length() < OVERHEAD) {
      throw failed();
    }
    byte[] body = sealed.slice(0, end).unsafeArray();
    byte[] given = sealed.slice(end, sealed.length()).unsafeArray();
    if (!MessageDigest.isEqual(Hmac.sha256(hmacKey, body), given)) {
      throw failed();
    }
    byte[] nonce = Arrays.copyOf(body, AesGcm.NONCE_BYTES);
    byte[] cipherText = Arrays.copyOfRange(body, AesGcm.NONCE_BYTES, body.length);
    return Bytes.wrap(AesGcm.open(aesKey, nonce, associated, cipherText));
  }

  private static DefraException failed() {
    return new DefraException(ErrorCode.DECRYPTION_FAILED, "verification with HMAC failed");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream(first.length + second.length);
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
