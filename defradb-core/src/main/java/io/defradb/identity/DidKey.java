package io.defradb.identity;

import io.defradb.crypto.PublicKey;
import io.defradb.multiformats.Multibase;
import io.defradb.multiformats.Varint;
import java.util.Arrays;

/**
 * The {@code did:key} of a public key: {@code z} and base58btc of a multicodec and the key. Points
 * stand uncompressed, unlike in most did:key texts (data-model specification, section 11).
 */
final class DidKey {
  private DidKey() {}

  static String of(PublicKey key) {
    byte[] raw = key.uncompressed();
    int codec =
        switch (key.type()) {
          case SECP256K1 -> 0xe7;
          case ED25519 -> 0xed;
          case SECP256R1 -> 0x1200;
        };
    byte[] prefix = Varint.encode(codec);
    byte[] bytes = Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, bytes, prefix.length, raw.length);
    return "did:key:" + Multibase.BASE58_BTC.encode(bytes);
  }
}
