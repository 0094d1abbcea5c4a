package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * PRUNE: the sender took the receiver out of its mesh of the topic: {@code {1: topic, 2: repeated
 * {1: peerID, 2: signedPeerRecord}, 3: backoff}}.
 *
 * @param peers others in the topic, for whoever needs a peer instead
 * @param backoffSeconds for so long no GRAFT is welcome; 0 when it was not said
 */
record Prune(String topic, List<PrunedPeer> peers, long backoffSeconds) {
  /** Peers that are read; the rest is skipped. */
  static final int PEERS_MAX = 16;

  /** {@code signedRecord}: an envelope with the peer's addresses; empty when there is none. */
  record PrunedPeer(Bytes peerId, Bytes signedRecord) {}

  Prune {
    peers = List.copyOf(peers);
  }

  ProtobufWriter write() {
    var out = new ProtobufWriter().text(1, topic);
    for (PrunedPeer peer : peers) {
      var entry = new ProtobufWriter().bytes(1, peer.peerId());
      if (!peer.signedRecord().isEmpty()) {
        entry.bytes(2, peer.signedRecord());
      }
      out.message(2, entry);
    }
    return backoffSeconds == 0 ? out : out.varint(3, backoffSeconds);
  }

  static Prune read(ProtobufReader in) {
    String topic = "";
    List<PrunedPeer> peers = new ArrayList<>();
    long backoffSeconds = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> topic = in.text();
        case 2 -> {
          if (peers.size() < PEERS_MAX) {
            peers.add(readPeer(in.message()));
          }
        }
        case 3 -> backoffSeconds = in.varint();
        default -> {}
      }
    }
    return new Prune(topic, peers, backoffSeconds);
  }

  private static PrunedPeer readPeer(ProtobufReader in) {
    Bytes peerId = Bytes.EMPTY;
    Bytes signedRecord = Bytes.EMPTY;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> peerId = in.bytes();
        case 2 -> signedRecord = in.bytes();
        default -> {}
      }
    }
    return new PrunedPeer(peerId, signedRecord);
  }
}
