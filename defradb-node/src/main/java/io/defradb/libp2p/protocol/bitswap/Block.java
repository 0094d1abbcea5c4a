package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.multiformats.Varint;
import org.jspecify.annotations.Nullable;

/**
 * A block with its CID, which its receiver made from the bytes: {@code {1: prefix, 2: data}}, the
 * prefix being the CID's version, codec, hash function and hash length.
 */
record Block(Cid cid, Bytes data) {
  private static final int SHA2_256 = 0x12;

  ProtobufWriter write() {
    byte[] prefix = {1, (byte) cid.codec(), SHA2_256, Cid.DIGEST_BYTES};
    byte[] prefix0 = {0, 0x70, SHA2_256, Cid.DIGEST_BYTES};
    return new ProtobufWriter()
        .bytes(1, Bytes.wrap(cid.codec() == Cid.VERSION_0 ? prefix0 : prefix))
        .bytes(2, data);
  }

  /** {@code null} for a prefix of a kind that no block here has. Hashes the data. */
  static @Nullable Block read(ProtobufReader in) {
    Bytes prefix = Bytes.EMPTY;
    Bytes data = Bytes.EMPTY;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> prefix = in.bytes();
        case 2 -> data = in.bytes();
        default -> {}
      }
    }
    int codec = codec(prefix);
    return codec < 0 ? null : new Block(Cid.of(codec, data.unsafeArray()), data);
  }

  /** Without its prefix, as version 1.0 sends it: a CID of version 0. */
  static Block bare(Bytes data) {
    return new Block(Cid.of(Cid.VERSION_0, data.unsafeArray()), data);
  }

  private static int codec(Bytes prefix) {
    try {
      byte[] bytes = prefix.unsafeArray();
      long[] parts = new long[4];
      int at = 0;
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Varint.decode(bytes, at);
        at += Varint.length(parts[i]);
      }
      boolean isHashKnown = parts[2] == SHA2_256 && parts[3] == Cid.DIGEST_BYTES;
      if (!isHashKnown || parts[0] > 1 || parts[1] > 0x7f) {
        return -1;
      }
      return parts[0] == 0 ? Cid.VERSION_0 : (int) parts[1];
    } catch (DefraException e) {
      return -1; // cut off
    }
  }
}
