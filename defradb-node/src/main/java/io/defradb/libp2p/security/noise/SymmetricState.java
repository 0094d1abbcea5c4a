package io.defradb.libp2p.security.noise;

import io.defradb.crypto.ChaChaPoly;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The hash of all that was said in a handshake, and the keys that come of it (Noise specification,
 * 5.2), with SHA-256.
 */
final class SymmetricState {
  private static final int HASH_BYTES = 32;

  private byte[] chainingKey;
  private byte[] hash;
  private @Nullable CipherState cipher;

  /** {@code name}: of the protocol, at most 32 characters. */
  SymmetricState(String name) {
    this.hash = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), HASH_BYTES);
    this.chainingKey = hash;
    mixHash(CipherState.NO_DATA); // the prologue
  }

  byte[] hash() {
    return hash.clone();
  }

  void mixHash(byte[] data) {
    MessageDigest digest = sha256();
    digest.update(hash);
    hash = digest.digest(data);
  }

  void mixKey(byte[] secret) {
    byte[][] keys = derive(secret);
    chainingKey = keys[0];
    cipher = new CipherState(keys[1]);
  }

  /** As it is while there is no key. */
  byte[] encryptAndHash(byte[] plain) {
    byte[] sealed = plain;
    if (cipher != null) {
      sealed = new byte[plain.length + ChaChaPoly.TAG_BYTES];
      cipher.seal(hash, plain, 0, plain.length, sealed, 0);
    }
    mixHash(sealed);
    return sealed;
  }

  /** Throws {@code DECRYPTION_FAILED}. */
  byte[] decryptAndHash(byte[] sealed) {
    byte[] plain = sealed;
    if (cipher != null) {
      plain = new byte[Math.max(0, sealed.length - ChaChaPoly.TAG_BYTES)];
      cipher.open(hash, sealed, 0, sealed.length, plain, 0);
    }
    mixHash(sealed);
    return plain;
  }

  /** The keys for what the initiator and what the responder sends. */
  CipherState[] split() {
    byte[][] keys = derive(CipherState.NO_DATA);
    return new CipherState[] {new CipherState(keys[0]), new CipherState(keys[1])};
  }

  /** HKDF with two outputs (Noise specification, 4.3). */
  private byte[][] derive(byte[] secret) {
    byte[] temporary = hmac(chainingKey, secret);
    byte[] first = hmac(temporary, new byte[] {1});
    byte[] more = Arrays.copyOf(first, HASH_BYTES + 1);
    more[HASH_BYTES] = 2;
    return new byte[][] {first, hmac(temporary, more)};
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
