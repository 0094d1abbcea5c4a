package io.defradb.identity;

import io.defradb.crypto.PublicKey;

/** An identity as others know it: a key, and the DID made from it. */
public record PublicIdentity(PublicKey publicKey, String did) {

  public static PublicIdentity of(PublicKey publicKey) {
    return new PublicIdentity(publicKey, DidKey.of(publicKey));
  }
}
