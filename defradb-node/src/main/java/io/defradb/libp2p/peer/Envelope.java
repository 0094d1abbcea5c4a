package io.defradb.libp2p.peer;

import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Varint;
import java.io.ByteArrayOutputStream;

/**
 * A payload and its maker's signature: {@code {1: PublicKey, 2: payload_type, 3: payload, 5:
 * signature}}. The signature covers {@code lp(domain) | lp(payload_type) | lp(payload)}, so that
 * one made for another purpose does not pass (libp2p RFC 0002).
 *
 * @param key the {@code PublicKey} message
 */
public record Envelope(Bytes key, Bytes payloadType, Bytes payload, Bytes signature) {

  public static Envelope seal(Signer signer, String domain, Bytes payloadType, Bytes payload) {
    byte[] signature = signer.sign(signedBytes(domain, payloadType, payload));
    return new Envelope(
        PeerKeys.encode(signer.publicKey()), payloadType, payload, Bytes.wrap(signature));
  }

  /** Reads the bytes; nothing is verified. Throws {@code PEER_FAULT}. */
  public static Envelope decode(Bytes message) {
    Bytes key = Bytes.EMPTY;
    Bytes type = Bytes.EMPTY;
    Bytes payload = Bytes.EMPTY;
    Bytes signature = Bytes.EMPTY;
    var in = new ProtobufReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.bytes();
        case 2 -> type = in.bytes();
        case 3 -> payload = in.bytes();
        case 5 -> signature = in.bytes();
        default -> {}
      }
    }
    return new Envelope(key, type, payload, signature);
  }

  public Bytes encode() {
    return new ProtobufWriter()
        .bytes(1, key)
        .bytes(2, payloadType)
        .bytes(3, payload)
        .bytes(5, signature)
        .toBytes();
  }

  /** The peer whose key signed. Throws {@code SIGNATURE_INVALID} unless it did, for this domain. */
  public PeerId verifiedSigner(String domain) {
    byte[] signed = signedBytes(domain, payloadType, payload);
    if (!PeerKeys.decode(key).verifies(signed, signature.unsafeArray())) {
      throw new DefraException(ErrorCode.SIGNATURE_INVALID, "the envelope's signature is invalid");
    }
    return PeerId.ofKeyMessage(key);
  }

  private static byte[] signedBytes(String domain, Bytes payloadType, Bytes payload) {
    var out = new ByteArrayOutputStream();
    for (Bytes part : new Bytes[] {Bytes.utf8(domain), payloadType, payload}) {
      out.writeBytes(Varint.encode(part.length()));
      out.writeBytes(part.unsafeArray());
    }
    return out.toByteArray();
  }
}
