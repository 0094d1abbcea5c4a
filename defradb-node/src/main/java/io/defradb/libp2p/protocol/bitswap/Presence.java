package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/** HAVE or DONT_HAVE: {@code {1: cid, 2: Have 0|DontHave 1}}. */
record Presence(Cid cid, boolean isHere) {

  ProtobufWriter write() {
    var out = new ProtobufWriter().bytes(1, Bytes.wrap(cid.toBytes()));
    return isHere ? out : out.varint(2, 1);
  }

  static @Nullable Presence read(ProtobufReader in) {
    Cid cid = null;
    boolean isHere = true;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> cid = BitswapMessage.cid(in.bytes());
        case 2 -> isHere = in.varint() == 0;
        default -> {}
      }
    }
    return cid == null ? null : new Presence(cid, isHere);
  }
}
