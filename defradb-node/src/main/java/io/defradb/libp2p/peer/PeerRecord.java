package io.defradb.libp2p.peer;

import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a peer says that it is: {@code {1: peer_id, 2: seq, 3: repeated {1: multiaddr}}}, sent in
 * an {@link Envelope} (libp2p RFC 0003). Of two records the one with the greater {@code seq}
 * counts. Addresses in protocols that are not known here are left out.
 */
public record PeerRecord(PeerId peer, long seq, List<Multiaddr> addresses) {
  /** Addresses that are read; the rest is dropped. */
  public static final int ADDRESSES_MAX = 64;

  private static final String DOMAIN = "libp2p-peer-record";
  private static final Bytes PAYLOAD_TYPE = Bytes.hex("0301");

  public PeerRecord {
    addresses = List.copyOf(addresses);
  }

  /** {@code signer}: the key of {@link #peer}. */
  public Envelope seal(Signer signer) {
    return Envelope.seal(signer, DOMAIN, PAYLOAD_TYPE, encode());
  }

  /** Throws {@code SIGNATURE_INVALID} unless the peer itself made it, {@code PEER_FAULT}. */
  public static PeerRecord open(Envelope envelope) {
    if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
      throw new DefraException(ErrorCode.PEER_FAULT, "not a peer record");
    }
    PeerId signer = envelope.verifiedSigner(DOMAIN);
    PeerRecord record = decode(envelope.payload());
    if (!record.peer.equals(signer)) {
      throw new DefraException(
          ErrorCode.SIGNATURE_INVALID, "the peer record was signed by another peer");
    }
    return record;
  }

  Bytes encode() {
    var out = new ProtobufWriter().bytes(1, peer.bytes()).varint(2, seq);
    for (Multiaddr address : addresses) {
      out.message(3, new ProtobufWriter().bytes(1, address.toBytes()));
    }
    return out.toBytes();
  }

  static PeerRecord decode(Bytes message) {
    Bytes peer = Bytes.EMPTY;
    long seq = 0;
    List<Multiaddr> addresses = new ArrayList<>();
    var in = new ProtobufReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> peer = in.bytes();
        case 2 -> seq = in.varint();
        case 3 -> {
          ProtobufReader info = in.message();
          while (info.next()) {
            if (info.field() == 1 && addresses.size() < ADDRESSES_MAX) {
              Multiaddr.read(info.bytes()).ifPresent(addresses::add);
            }
          }
        }
        default -> {}
      }
    }
    return new PeerRecord(new PeerId(peer), seq, addresses);
  }
}
