package io.defradb.libp2p.protocol.kad;

import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer in a message: {@code {1: id, 2: repeated addrs, 3: connection}}.
 *
 * @param id bytes that need be no peer id
 * @param connection 1 when the sender is connected to the peer
 */
record KadPeer(Bytes id, List<Multiaddr> addresses, int connection) {
  /** Addresses that are read; the rest is skipped. */
  static final int ADDRESSES_MAX = 16;

  KadPeer {
    addresses = List.copyOf(addresses);
  }

  static KadPeer of(PeerAddresses peer, boolean isConnected) {
    List<Multiaddr> some = peer.addresses().stream().limit(ADDRESSES_MAX).toList();
    return new KadPeer(peer.id().bytes(), some, isConnected ? 1 : 0);
  }

  ProtobufWriter write() {
    var out = new ProtobufWriter().bytes(1, id);
    addresses.forEach(address -> out.bytes(2, address.toBytes()));
    return connection == 0 ? out : out.varint(3, connection);
  }

  static KadPeer read(ProtobufReader in) {
    Bytes id = Bytes.EMPTY;
    List<Multiaddr> addresses = new ArrayList<>();
    int connection = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> id = in.bytes();
        case 2 -> {
          if (addresses.size() < ADDRESSES_MAX) {
            Multiaddr.read(in.bytes()).ifPresent(addresses::add);
          }
        }
        case 3 -> connection = (int) in.varint();
        default -> {}
      }
    }
    return new KadPeer(id, addresses, connection);
  }
}
