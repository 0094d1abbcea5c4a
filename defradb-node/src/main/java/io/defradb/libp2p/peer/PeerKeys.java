package io.defradb.libp2p.peer;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.crypto.PublicKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;

/**
 * Keys as libp2p sends them: {@code PublicKey {1: Type, 2: Data}}, both always written, in order
 * (peer id specification, "Keys").
 */
public final class PeerKeys {
  private static final int ED25519 = 1;
  private static final int SECP256K1 = 2;
  private static final int TYPE = 1;
  private static final int DATA = 2;

  private PeerKeys() {}

  public static Bytes encode(PublicKey key) {
    return encode(key.type(), key.raw());
  }

  /** The same form, with the private bytes. */
  public static Bytes encode(PrivateKey key) {
    return encode(key.type(), key.raw());
  }

  private static Bytes encode(KeyType type, Bytes data) {
    int number =
        switch (type) {
          case ED25519 -> ED25519;
          case SECP256K1 -> SECP256K1;
          case SECP256R1 ->
              throw new DefraException(ErrorCode.INVALID_KEY, "no peer has a key of this type");
        };
    return new ProtobufWriter().varint(TYPE, number).bytes(DATA, data).toBytes();
  }

  /**
   * Reads an Ed25519 or secp256k1 key. Throws {@code INVALID_KEY} for other types, {@code
   * PEER_FAULT} for what is no such message.
   */
  public static PublicKey decode(Bytes message) {
    long type = -1;
    Bytes data = Bytes.EMPTY;
    var in = new ProtobufReader(message);
    while (in.next()) {
      switch (in.field()) {
        case TYPE -> type = in.varint();
        case DATA -> data = in.bytes();
        default -> {}
      }
    }
    if (type == ED25519) {
      return PublicKey.of(KeyType.ED25519, data.unsafeArray());
    }
    if (type == SECP256K1) {
      return PublicKey.of(KeyType.SECP256K1, data.unsafeArray());
    }
    throw new DefraException(
        ErrorCode.INVALID_KEY, "peer keys of this type are not supported", "Type", type);
  }
}
