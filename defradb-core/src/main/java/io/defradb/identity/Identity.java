package io.defradb.identity;

import io.defradb.crypto.HexText;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * An identity that can act: a private key, and the DID made from its public one (data-model
 * specification, section 11).
 */
public record Identity(PrivateKey privateKey, String did) {

  public static Identity of(PrivateKey privateKey) {
    return new Identity(privateKey, DidKey.of(privateKey.publicKey()));
  }

  /** {@code random}: a cryptographic source. */
  public static Identity generate(KeyType type, RandomGenerator random) {
    return of(PrivateKey.generate(type, random));
  }

  /** Reads a raw private key in hexadecimal digits. Throws {@code INVALID_KEY}. */
  public static Identity parse(KeyType type, String hex) {
    return of(PrivateKey.of(type, HexText.parse(hex)));
  }

  /**
   * Reads what a keyring holds under {@link Keyring#NODE_IDENTITY_KEY}: {@code <key type>:} and the
   * raw private key; without the prefix it is a secp256k1 key.
   */
  public static Identity fromStored(byte[] stored) {
    for (KeyType type : KeyType.values()) {
      byte[] prefix = prefix(type);
      if (startsWith(stored, prefix)) {
        byte[] raw = Arrays.copyOfRange(stored, prefix.length, stored.length);
        return of(PrivateKey.of(type, raw));
      }
    }
    return of(PrivateKey.of(KeyType.SECP256K1, stored));
  }

  /** What {@link #fromStored} reads, with the prefix. */
  public byte[] toStored() {
    byte[] prefix = prefix(privateKey.type());
    byte[] raw = privateKey.raw().toArray();
    byte[] stored = Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, stored, prefix.length, raw.length);
    return stored;
  }

  public PublicIdentity toPublic() {
    return new PublicIdentity(privateKey.publicKey(), did);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return did;
  }

  private static byte[] prefix(KeyType type) {
    return (type.word() + ":").getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
