package io.defradb.libp2p.security.noise;

import io.defradb.crypto.PublicKey;
import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerKeys;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a side says about itself in the handshake: {@code {1: identity_key, 2: identity_sig, 4:
 * extensions {2: repeated stream_muxers}}}. The signature binds the static key of the session to
 * the peer's own key.
 */
record NoisePayload(Bytes identityKey, Bytes signature, List<String> muxers) {
  private static final String SIGNED_PREFIX = "noise-libp2p-static-key:";
  private static final int MUXERS_MAX = 32;

  /** {@code muxers}: none means that no extensions are sent. */
  static NoisePayload of(Signer identity, byte[] staticKey, List<String> muxers) {
    return new NoisePayload(
        PeerKeys.encode(identity.publicKey()),
        Bytes.wrap(identity.sign(signedBytes(staticKey))),
        List.copyOf(muxers));
  }

  /** Throws {@code PEER_FAULT}. */
  static NoisePayload decode(Bytes message) {
    Bytes key = Bytes.EMPTY;
    Bytes signature = Bytes.EMPTY;
    List<String> muxers = new ArrayList<>();
    var in = new ProtobufReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.bytes();
        case 2 -> signature = in.bytes();
        case 4 -> {
          ProtobufReader extensions = in.message();
          while (extensions.next()) {
            if (extensions.field() == 2 && muxers.size() < MUXERS_MAX) {
              muxers.add(extensions.text());
            }
          }
        }
        default -> {}
      }
    }
    return new NoisePayload(key, signature, List.copyOf(muxers));
  }

  Bytes encode() {
    var out = new ProtobufWriter().bytes(1, identityKey).bytes(2, signature);
    if (!muxers.isEmpty()) {
      var extensions = new ProtobufWriter();
      muxers.forEach(muxer -> extensions.text(2, muxer));
      out.message(4, extensions);
    }
    return out.toBytes();
  }

  /**
   * Who is the owner of {@code staticKey}. Throws {@code SIGNATURE_INVALID}, {@code INVALID_KEY}.
   */
  PeerId verifiedPeer(byte[] staticKey) {
    PublicKey key = PeerKeys.decode(identityKey);
    if (!key.verifies(signedBytes(staticKey), signature.unsafeArray())) {
      throw new DefraException(
          ErrorCode.SIGNATURE_INVALID, "the peer does not own the key of the handshake");
    }
    return PeerId.ofKeyMessage(identityKey);
  }

  private static byte[] signedBytes(byte[] staticKey) {
    byte[] prefix = Bytes.utf8(SIGNED_PREFIX).toArray();
    byte[] signed = new byte[prefix.length + staticKey.length];
    System.arraycopy(prefix, 0, signed, 0, prefix.length);
    System.arraycopy(staticKey, 0, signed, prefix.length, staticKey.length);
    return signed;
  }
}
