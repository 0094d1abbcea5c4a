package io.defradb.crypto;

import io.defradb.multiformats.Bytes;
import java.util.random.RandomGenerator;

/**
 * A key that signs. Its text never shows the secret.
 *
 * <p>{@link #raw()}: 32 bytes for secp256k1, 64 (seed, then public key) for Ed25519.
 */
public sealed interface PrivateKey extends Signer permits Secp256k1PrivateKey, Ed25519PrivateKey {
  Bytes raw();

  /** The signature as it stands in a JWT: r and s, 32 bytes each, or Ed25519's 64 bytes. */
  byte[] signCompact(byte[] message);

  default KeyType type() {
    return publicKey().type();
  }

  /**
   * Reads {@link #raw()}; for Ed25519 a bare seed of 32 bytes will do. Throws {@code INVALID_KEY}.
   */
  static PrivateKey of(KeyType type, byte[] raw) {
    return switch (type) {
      case SECP256K1 -> Secp256k1PrivateKey.of(raw);
      case ED25519 -> Ed25519PrivateKey.of(raw);
      case SECP256R1 -> throw KeyType.unsupported(type.word());
    };
  }

  /** {@code random}: a cryptographic source. */
  static PrivateKey generate(KeyType type, RandomGenerator random) {
    byte[] secret = new byte[32];
    do {
      random.nextBytes(secret);
    } while (type == KeyType.SECP256K1 && !Secp256k1.isSecret(secret));
    return of(type, secret);
  }
}
