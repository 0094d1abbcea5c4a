package io.defradb.libp2p.peer;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PublicKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.AddressProtocol;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.multiformats.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A peer's name: the multihash of its public key. A key of at most {@value #INLINE_BYTES_MAX} bytes
 * stands in it as it is, so that an Ed25519 id carries its key (peer id specification). Ordered as
 * unsigned bytes.
 */
public record PeerId(Bytes bytes) implements Comparable<PeerId> {
  private static final int INLINE_BYTES_MAX = 42;
  private static final byte IDENTITY = 0x00;
  private static final byte SHA2_256 = 0x12;
  private static final int DIGEST_BYTES = 32;

  /** Throws {@code INVALID_ARGUMENT} for what is no such multihash. */
  public PeerId {
    boolean isNamed =
        bytes.length() > 2
            && bytes.unsignedAt(1) == bytes.length() - 2
            && ((bytes.unsignedAt(0) == IDENTITY && bytes.length() - 2 <= INLINE_BYTES_MAX)
                || (bytes.unsignedAt(0) == SHA2_256 && bytes.length() - 2 == DIGEST_BYTES));
    if (!isNamed) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "failed to parse peer ID");
    }
  }

  /** The id of who has this key. */
  public static PeerId of(PublicKey key) {
    return ofKeyMessage(PeerKeys.encode(key));
  }

  /** The id of who has the key in a {@code PublicKey} protobuf message, of whatever type. */
  public static PeerId ofKeyMessage(Bytes message) {
    boolean isInline = message.length() <= INLINE_BYTES_MAX;
    byte[] hash = isInline ? message.unsafeArray() : sha256(message.unsafeArray());
    byte[] bytes = new byte[2 + hash.length];
    bytes[0] = isInline ? IDENTITY : SHA2_256;
    bytes[1] = (byte) hash.length;
    System.arraycopy(hash, 0, bytes, 2, hash.length);
    return new PeerId(Bytes.wrap(bytes));
  }

  /**
   * Reads base58, or a CID of codec libp2p-key in any multibase. Throws {@code INVALID_ARGUMENT}.
   */
  public static PeerId parse(String text) {
    Multiaddr address;
    try {
      address = Multiaddr.parse("/p2p/" + text);
    } catch (DefraException e) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "failed to parse peer ID", "PeerID", text);
    }
    return new PeerId(address.last().value());
  }

  /** The key that stands in the id; empty when the id is a hash or the key is of another type. */
  public Optional<PublicKey> publicKey() {
    if (bytes.unsignedAt(0) != IDENTITY) {
      return Optional.empty();
    }
    try {
      PublicKey key = PeerKeys.decode(bytes.slice(2, bytes.length()));
      return key.type() == KeyType.SECP256R1 ? Optional.empty() : Optional.of(key);
    } catch (DefraException e) {
      return Optional.empty();
    }
  }

  /** {@code address/p2p/<this id>}. */
  public Multiaddr in(Multiaddr address) {
    return address.with(AddressProtocol.P2P, bytes);
  }

  @Override
  public int compareTo(PeerId other) {
    return bytes.compareTo(other.bytes);
  }

  /** Base58. */
  @Override
  public String toString() {
    return new Multiaddr.Part(AddressProtocol.P2P, bytes).valueText();
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
