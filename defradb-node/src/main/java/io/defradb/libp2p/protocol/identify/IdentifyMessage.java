package io.defradb.libp2p.protocol.identify;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer tells about itself: {@code {1: publicKey, 2: repeated listenAddrs, 3: repeated
 * protocols, 4: observedAddr, 5: protocolVersion, 6: agentVersion, 8: signedPeerRecord}}. In a push
 * only what changed need be there; a field that is not there is {@code null} or empty.
 *
 * @param listenAddresses multiaddrs in bytes: they may be of kinds not known here
 * @param signedPeerRecord an envelope in bytes
 */
record IdentifyMessage(
    @Nullable Bytes publicKey,
    List<Bytes> listenAddresses,
    List<String> protocols,
    @Nullable Bytes observedAddress,
    @Nullable String protocolVersion,
    @Nullable String agentVersion,
    @Nullable Bytes signedPeerRecord) {
  static final IdentifyMessage EMPTY =
      new IdentifyMessage(null, List.of(), List.of(), null, null, null, null);

  /** Addresses, and protocols, that are read; with more the message is refused. */
  static final int REPEATED_MAX = 1000;

  IdentifyMessage {
    listenAddresses = List.copyOf(listenAddresses);
    protocols = List.copyOf(protocols);
  }

  /** Throws {@code PEER_FAULT}. */
  static IdentifyMessage decode(Bytes message) {
    return EMPTY.plus(message);
  }

  /** This message with another part of it: single fields of the later one win. */
  IdentifyMessage plus(Bytes part) {
    Bytes key = publicKey;
    List<Bytes> addresses = new ArrayList<>(listenAddresses);
    List<String> names = new ArrayList<>(protocols);
    Bytes observed = observedAddress;
    String version = protocolVersion;
    String agent = agentVersion;
    Bytes record = signedPeerRecord;
    var in = new ProtobufReader(part);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.bytes();
        case 2 -> addresses.add(in.bytes());
        case 3 -> names.add(in.text());
        case 4 -> observed = in.bytes();
        case 5 -> version = in.text();
        case 6 -> agent = in.text();
        case 8 -> record = in.bytes();
        default -> {}
      }
    }
    if (addresses.size() > REPEATED_MAX || names.size() > REPEATED_MAX) {
      throw new DefraException(ErrorCode.PEER_FAULT, "too long an identify message");
    }
    return new IdentifyMessage(key, addresses, names, observed, version, agent, record);
  }

  Bytes encode() {
    var out = new ProtobufWriter();
    if (publicKey != null) {
      out.bytes(1, publicKey);
    }
    listenAddresses.forEach(address -> out.bytes(2, address));
    protocols.forEach(protocol -> out.text(3, protocol));
    if (observedAddress != null) {
      out.bytes(4, observedAddress);
    }
    if (protocolVersion != null) {
      out.text(5, protocolVersion);
    }
    if (agentVersion != null) {
      out.text(6, agentVersion);
    }
    if (signedPeerRecord != null) {
      out.bytes(8, signedPeerRecord);
    }
    return out.toBytes();
  }

  IdentifyMessage withoutRecord() {
    return new IdentifyMessage(
        publicKey,
        listenAddresses,
        protocols,
        observedAddress,
        protocolVersion,
        agentVersion,
        null);
  }

  static IdentifyMessage ofRecord(Bytes signedPeerRecord) {
    return new IdentifyMessage(null, List.of(), List.of(), null, null, null, signedPeerRecord);
  }
}
