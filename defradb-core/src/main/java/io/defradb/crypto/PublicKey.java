package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Sha256;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key that verifies.
 *
 * @param raw canonical: 33 bytes, compressed, for the curves of SEC 2; 32 bytes for Ed25519
 */
public record PublicKey(KeyType type, Bytes raw) {

  /** A canonical key, known to be valid: made by this room. */
  static PublicKey ofPoint(KeyType type, byte[] raw) {
    return new PublicKey(type, Bytes.wrap(raw));
  }

  /**
   * Reads the bytes of a key; a point may be compressed or not. Throws {@code INVALID_KEY} with the
   * reference's texts.
   */
  public static PublicKey of(KeyType type, byte[] bytes) {
    return switch (type) {
      case SECP256K1 -> ofPoint(type, Points.compress(Secp256k1.uncompressed(bytes)));
      case SECP256R1 -> ofPoint(type, Points.compress(Points.secp256r1(bytes)));
      case ED25519 -> {
        if (bytes.length != Ed25519.PUBLIC_KEY_SIZE) {
          throw new DefraException(ErrorCode.INVALID_KEY, "invalid Ed25519 public key length");
        }
        yield ofPoint(type, bytes.clone());
      }
    };
  }

  /** Reads hexadecimal digits of any case. Throws {@code INVALID_KEY}. */
  public static PublicKey parse(KeyType type, String hex) {
    try {
      return of(type, HexText.parse(hex));
    } catch (HexText.Fault e) {
      throw new DefraException(ErrorCode.INVALID_KEY, "failed to parse ephemeral public key", e);
    }
  }

  /** The text by which the key is known, in tokens and signature blocks. */
  public String text() {
    return raw.toHex();
  }

  /** 65 bytes, {@code 04 x y}; the 32 bytes for Ed25519, which has no such form. */
  public byte[] uncompressed() {
    return switch (type) {
      case SECP256K1 -> Secp256k1.uncompressed(raw.unsafeArray());
      case SECP256R1 -> Points.secp256r1(raw.unsafeArray());
      case ED25519 -> raw.toArray();
    };
  }

  /** Whether {@code signature}, as {@link Signer#sign} makes it, is this key's. */
  public boolean verifies(byte[] message, byte[] signature) {
    return switch (type) {
      case SECP256K1 -> {
        byte[] compact = DerSignature.decode(signature);
        yield compact != null && Secp256k1.verifies(compact, Sha256.hash(message), raw);
      }
      case ED25519 -> verifiesEd25519(message, signature);
      case SECP256R1 -> throw KeyType.unsupported(type.word());
    };
  }

  /** Whether {@code signature}, as {@link PrivateKey#signCompact} makes it, is this key's. */
  public boolean verifiesCompact(byte[] message, byte[] signature) {
    return switch (type) {
      case SECP256K1 ->
          signature.length == DerSignature.COMPACT_BYTES
              && Secp256k1.verifies(signature, Sha256.hash(message), raw);
      case ED25519 -> verifiesEd25519(message, signature);
      case SECP256R1 -> throw KeyType.unsupported(type.word());
    };
  }

  private boolean verifiesEd25519(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, raw.unsafeArray(), 0, message, 0, message.length);
  }

  @Override
  public String toString() {
    return type.word() + ":" + text();
  }
}
