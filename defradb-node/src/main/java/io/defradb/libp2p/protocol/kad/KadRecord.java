package io.defradb.libp2p.protocol.kad;

import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;

/** A value held for others: {@code {1: key, 2: value, 5: timeReceived}}; the time is not kept. */
record KadRecord(Bytes key, Bytes value) {

  ProtobufWriter write() {
    return new ProtobufWriter().bytes(1, key).bytes(2, value);
  }

  static KadRecord read(ProtobufReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes value = Bytes.EMPTY;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.bytes();
        case 2 -> value = in.bytes();
        default -> {}
      }
    }
    return new KadRecord(key, value);
  }
}
