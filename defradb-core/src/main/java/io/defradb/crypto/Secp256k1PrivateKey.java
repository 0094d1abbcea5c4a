package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Sha256;

/** A secp256k1 key. */
final class Secp256k1PrivateKey implements PrivateKey {
  private final byte[] secret;
  private final PublicKey publicKey;

  private Secp256k1PrivateKey(byte[] secret, PublicKey publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  static Secp256k1PrivateKey of(byte[] raw) {
    if (!Secp256k1.isSecret(raw)) {
      throw new DefraException(ErrorCode.INVALID_KEY, "invalid private key");
    }
    byte[] secret = raw.clone();
    byte[] point = Secp256k1.publicPoint(secret);
    return new Secp256k1PrivateKey(secret, PublicKey.ofPoint(KeyType.SECP256K1, point));
  }

  @Override
  public Bytes raw() {
    return Bytes.copyOf(secret);
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    return DerSignature.encode(signCompact(message));
  }

  @Override
  public byte[] signCompact(byte[] message) {
    return Secp256k1.sign(Sha256.hash(message), secret);
  }

  @Override
  public String toString() {
    return "PrivateKey of " + publicKey;
  }
}
