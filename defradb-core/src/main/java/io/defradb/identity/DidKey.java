package io.defradb.identity;

import io.defradb.crypto.PublicKey;

/**
 * The {@code did:key} of a public key: {@code z} and base58btc of a two-byte multicodec and the
 * key. Points stand uncompressed, unlike in most did:key texts (data-model specification, section
 * 11).
 */
final class DidKey {
  private DidKey() {}

  static String of(PublicKey key) {
    byte[] raw = key.uncompressed();
    byte[] bytes = new byte[2 + raw.length];
    int codec =
        switch (key.type()) {
          case SECP256K1 -> 0xe701;
          case ED25519 -> 0xed01;
          case SECP256R1 -> 0x8024;
        };
    bytes[0] = (byte) (codec >> 8);
    bytes[1] = (byte) codec;
    System.arraycopy(raw, 0, bytes, 2, raw.length);
    return "did:key:z" + Base58.encode(bytes);
  }
}
