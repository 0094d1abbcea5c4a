package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key: seed and public key together, so that signing derives nothing twice. */
final class Ed25519PrivateKey implements PrivateKey {
  private static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;
  private static final int RAW_BYTES = SEED_BYTES + Ed25519.PUBLIC_KEY_SIZE;

  private final byte[] raw;
  private final PublicKey publicKey;

  private Ed25519PrivateKey(byte[] raw) {
    this.raw = raw;
    this.publicKey =
        PublicKey.ofPoint(KeyType.ED25519, Arrays.copyOfRange(raw, SEED_BYTES, RAW_BYTES));
  }

  static Ed25519PrivateKey of(byte[] given) {
    if (given.length != SEED_BYTES && given.length != RAW_BYTES) {
      throw new DefraException(
          ErrorCode.INVALID_KEY, "invalid Ed25519 private key length", "Length", given.length);
    }
    byte[] raw = Arrays.copyOf(given, RAW_BYTES);
    Ed25519.generatePublicKey(raw, 0, raw, SEED_BYTES);
    if (given.length == RAW_BYTES && !Arrays.equals(given, raw)) {
      throw new DefraException(ErrorCode.INVALID_KEY, "Ed25519 seed and public key do not match");
    }
    return new Ed25519PrivateKey(raw);
  }

  @Override
  public Bytes raw() {
    return Bytes.copyOf(raw);
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(raw, 0, raw, SEED_BYTES, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public byte[] signCompact(byte[] message) {
    return sign(message);
  }

  @Override
  public String toString() {
    return "PrivateKey of " + publicKey;
  }
}
