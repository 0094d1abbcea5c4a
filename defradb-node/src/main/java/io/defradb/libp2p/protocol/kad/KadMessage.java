package io.defradb.libp2p.protocol.kad;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request or its answer: {@code {1: type, 2: key, 3: record, 8: repeated closerPeers, 9: repeated
 * providerPeers, 10: clusterLevelRaw}}.
 */
record KadMessage(
    Type type,
    Bytes key,
    @Nullable KadRecord record,
    List<KadPeer> closer,
    List<KadPeer> providers) {
  static final int BYTES_MAX = 1 << 16;

  /** Peers of each kind that are read; the rest is skipped. */
  static final int PEERS_MAX = 64;

  private static final int CLUSTER_LEVEL = 1;

  /** In the order of their numbers. */
  enum Type {
    PUT_VALUE,
    GET_VALUE,
    ADD_PROVIDER,
    GET_PROVIDERS,
    FIND_NODE,
    PING
  }

  KadMessage {
    closer = List.copyOf(closer);
    providers = List.copyOf(providers);
  }

  static KadMessage request(Type type, Bytes key) {
    return new KadMessage(type, key, null, List.of(), List.of());
  }

  Bytes encode() {
    var out = new ProtobufWriter();
    if (type != Type.PUT_VALUE) {
      out.varint(1, type.ordinal());
    }
    if (!key.isEmpty()) {
      out.bytes(2, key);
    }
    if (record != null) {
      out.message(3, record.write());
    }
    closer.forEach(peer -> out.message(8, peer.write()));
    providers.forEach(peer -> out.message(9, peer.write()));
    return out.varint(10, CLUSTER_LEVEL).toBytes();
  }

  /** Throws {@code PEER_FAULT}. */
  static KadMessage decode(Bytes message) {
    long type = 0;
    Bytes key = Bytes.EMPTY;
    KadRecord record = null;
    List<KadPeer> closer = new ArrayList<>();
    List<KadPeer> providers = new ArrayList<>();
    var in = new ProtobufReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> type = in.varint();
        case 2 -> key = in.bytes();
        case 3 -> record = KadRecord.read(in.message());
        case 8 -> add(closer, in);
        case 9 -> add(providers, in);
        default -> {}
      }
    }
    if (type < 0 || type >= Type.values().length) {
      throw new DefraException(ErrorCode.PEER_FAULT, "unknown kad request", "Type", type);
    }
    return new KadMessage(Type.values()[(int) type], key, record, closer, providers);
  }

  private static void add(List<KadPeer> peers, ProtobufReader in) {
    if (peers.size() < PEERS_MAX) {
      peers.add(KadPeer.read(in.message()));
    }
  }
}
