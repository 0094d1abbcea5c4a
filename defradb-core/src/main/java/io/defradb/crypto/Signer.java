package io.defradb.crypto;

/** Signs messages with one key. Safe for use by many threads at once. */
public interface Signer {
  /** The key by which others verify; its type names the algorithm. */
  PublicKey publicKey();

  /**
   * The signature as it stands in blocks: DER for secp256k1 (over SHA-256 of {@code message},
   * deterministic, low S), 64 bytes for Ed25519. The same message gives the same signature.
   */
  byte[] sign(byte[] message);
}
