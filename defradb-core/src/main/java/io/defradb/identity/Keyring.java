package io.defradb.identity;

import java.util.List;
import java.util.Optional;

/** Where secrets are kept, by name. */
public interface Keyring {
  /** 64 bytes: Ed25519 seed and public key of the node on the peer-to-peer network. */
  String PEER_KEY = "peer-key";

  /** 16, 24 or 32 bytes: AES key of the store. */
  String ENCRYPTION_KEY = "encryption-key";

  /** See {@link Identity#fromStored}. */
  String NODE_IDENTITY_KEY = "node-identity-key";

  /**
   * Empty: no key of that name. Throws {@code DECRYPTION_FAILED} when the secret does not open it.
   */
  Optional<byte[]> get(String name);

  /** Adds or replaces. */
  void set(String name, byte[] key);

  /** The names, sorted; needs no secret. */
  List<String> names();
}
