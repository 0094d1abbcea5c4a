package io.defradb.node;

import io.defradb.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells its peers of itself and of its keys.
 *
 * @param identity who the node is; {@code null}: nobody
 * @param isIdentityTold peers that ask are proved it
 * @param hasKeyExchange keys of encrypted documents are asked for, and told to those who may read
 */
record PeerPolicy(@Nullable Identity identity, boolean isIdentityTold, boolean hasKeyExchange) {

  /** {@code null}: nothing is told. */
  @Nullable Identity toldIdentity() {
    return isIdentityTold ? identity : null;
  }

  /** The node's DID; empty when it has none. */
  String did() {
    return identity == null ? "" : identity.did();
  }
}
