package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a wantlist: {@code {1: cid, 2: priority, 3: cancel, 4: wantType, 5: sendDontHave}}.
 *
 * @param kind what is asked, or that it is asked no more
 * @param asksDontHave whether to say so when the block is not here
 */
record Want(Cid cid, int priority, Kind kind, boolean asksDontHave) {
  enum Kind {
    BLOCK,
    HAVE,
    CANCEL
  }

  private static final int HAVE = 1;

  static Want cancel(Cid cid) {
    return new Want(cid, 0, Kind.CANCEL, false);
  }

  ProtobufWriter write(BitswapVersion version) {
    var out = new ProtobufWriter().bytes(1, Bytes.wrap(cid.toBytes()));
    if (priority != 0) {
      out.varint(2, priority);
    }
    if (kind == Kind.CANCEL) {
      out.bool(3, true);
    }
    if (kind == Kind.HAVE && version.hasPresence()) {
      out.varint(4, HAVE);
    }
    return asksDontHave && version.hasPresence() ? out.bool(5, true) : out;
  }

  /** {@code null} for a CID of a kind that no block here has. */
  static @Nullable Want read(ProtobufReader in) {
    Cid cid = null;
    int priority = 0;
    Kind kind = Kind.BLOCK;
    boolean asksDontHave = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> cid = BitswapMessage.cid(in.bytes());
        case 2 -> priority = (int) in.varint();
        case 3 -> kind = in.bool() ? Kind.CANCEL : kind;
        case 4 -> kind = kind == Kind.BLOCK && in.varint() == HAVE ? Kind.HAVE : kind;
        case 5 -> asksDontHave = in.bool();
        default -> {}
      }
    }
    return cid == null ? null : new Want(cid, priority, kind, asksDontHave);
  }
}
