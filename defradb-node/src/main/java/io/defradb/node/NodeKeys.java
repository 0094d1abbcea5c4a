package io.defradb.node;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.identity.FileKeyring;
import io.defradb.identity.Identity;
import io.defradb.identity.Keyring;
import io.defradb.multiformats.Bytes;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys a node runs with (cli specification, section 4). Missing ones are made and kept; without
 * a keyring there are none, and in development an identity for this run.
 *
 * @param encryption {@code null}: the store is not sealed
 * @param identity {@code null}: the node has none, and signs nothing
 * @param peer its name among peers; {@code null}: the network is off
 */
record NodeKeys(
    @Nullable Bytes encryption, @Nullable Identity identity, @Nullable PrivateKey peer) {
  private static final Logger LOG = LoggerFactory.getLogger("cli");
  private static final int AES_BYTES = 32;

  static NodeKeys open(NodeConfig config, SecureRandom random) {
    NodeConfig.KeyringFolder folder = config.keys().keyring();
    KeyType identityType = config.keys().defaultType();
    if (folder == null) {
      return new NodeKeys(
          null,
          config.isDevelopment() ? Identity.generate(identityType, random) : null,
          config.net().isEnabled() ? PrivateKey.generate(KeyType.ED25519, random) : null);
    }
    var keyring = new FileKeyring(folder.directory(), folder.secret(), random);
    PrivateKey peer = peerKey(keyring, config.net().isEnabled(), random);
    Bytes encryption = config.store().isEncrypted() ? encryptionKey(keyring, random) : null;
    return new NodeKeys(encryption, identity(keyring, identityType, random), peer);
  }

  /** Made in any case; read when there is a network. */
  private static @Nullable PrivateKey peerKey(
      Keyring keyring, boolean isNeeded, SecureRandom random) {
    if (!keyring.names().contains(Keyring.PEER_KEY)) {
      PrivateKey made = PrivateKey.generate(KeyType.ED25519, random);
      keyring.set(Keyring.PEER_KEY, made.raw().toArray());
      LOG.info("generated peer key");
      return isNeeded ? made : null;
    }
    return isNeeded
        ? PrivateKey.of(KeyType.ED25519, keyring.get(Keyring.PEER_KEY).orElseThrow())
        : null;
  }

  private static Bytes encryptionKey(Keyring keyring, SecureRandom random) {
    Optional<byte[]> stored = keyring.get(Keyring.ENCRYPTION_KEY);
    if (stored.isPresent()) {
      int length = stored.get().length;
      if (length != 16 && length != 24 && length != AES_BYTES) {
        throw new DefraException(
            ErrorCode.INVALID_KEY,
            "During OpenKeyRegistry err: Encryption key's length should be"
                + "either 16, 24, or 32 bytes");
      }
      return Bytes.wrap(stored.get());
    }
    byte[] made = new byte[AES_BYTES];
    random.nextBytes(made);
    keyring.set(Keyring.ENCRYPTION_KEY, made);
    LOG.info("generated encryption key");
    return Bytes.wrap(made);
  }

  private static Identity identity(Keyring keyring, KeyType type, SecureRandom random) {
    Optional<byte[]> stored = keyring.get(Keyring.NODE_IDENTITY_KEY);
    if (stored.isPresent()) {
      Identity identity = Identity.fromStored(stored.get());
      if (!Bytes.wrap(identity.toStored()).equals(Bytes.wrap(stored.get()))) {
        keyring.set(Keyring.NODE_IDENTITY_KEY, identity.toStored());
      }
      return identity;
    }
    Identity made = Identity.generate(type, random);
    keyring.set(Keyring.NODE_IDENTITY_KEY, made.toStored());
    return made;
  }
}
