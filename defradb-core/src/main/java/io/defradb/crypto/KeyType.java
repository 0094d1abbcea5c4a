package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** The kinds of keys an identity can have (data-model specification, section 11). */
public enum KeyType {
  SECP256K1("secp256k1", "ES256K"),
  ED25519("ed25519", "EdDSA"),
  /** Can be parsed and named; it neither signs nor verifies. */
  SECP256R1("secp256r1", "");

  private final String word;
  private final String algorithm;

  KeyType(String word, String algorithm) {
    this.word = word;
    this.algorithm = algorithm;
  }

  /** The name in tokens, keyring files and settings. */
  public String word() {
    return word;
  }

  /** The name of its signatures in blocks and JWT headers. */
  public String algorithm() {
    return algorithm;
  }

  /** Throws {@code INVALID_KEY} for an unknown word. */
  public static KeyType byWord(String word) {
    for (KeyType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    throw unsupported(word);
  }

  static DefraException unsupported(String word) {
    return new DefraException(ErrorCode.INVALID_KEY, "unsupported key type", "KeyType", word);
  }
}
