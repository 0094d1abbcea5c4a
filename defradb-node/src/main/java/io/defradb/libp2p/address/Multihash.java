package io.defradb.libp2p.address;

import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Multibase;
import io.defradb.multiformats.Varint;

/**
 * A multihash by its form, {@code <code> <length> <digest>}: all that an address knows of a peer.
 */
final class Multihash {
  private static final int BYTES_MAX = 128;
  private static final int CID_VERSION = 1;
  private static final int LIBP2P_KEY = 0x72;

  private Multihash() {}

  static String toBase58(Bytes bytes) {
    return Multibase.BASE58_BTC.encode(bytes.unsafeArray()).substring(1);
  }

  /** Base58 as it is, or a CID in any multibase. */
  static Bytes parsePeer(String text) {
    try {
      if (text.startsWith("1") || text.startsWith("Qm")) {
        return Bytes.wrap(Multibase.decode("z" + text));
      }
      byte[] cid = Multibase.decode(text);
      boolean isKey = cid.length > 2 && cid[0] == CID_VERSION && cid[1] == LIBP2P_KEY;
      if (isKey) {
        return Bytes.wrap(cid).slice(2, cid.length);
      }
    } catch (DefraException e) {
      throw new Malformed("failed to parse p2p addr");
    }
    throw new Malformed("failed to parse p2p addr");
  }

  static void check(Bytes bytes) {
    if (bytes.length() > BYTES_MAX) {
      throw new Malformed("multihash too long");
    }
    try {
      byte[] array = bytes.unsafeArray();
      int codeBytes = Varint.length(Varint.decode(array, 0));
      long digestBytes = Varint.decode(array, codeBytes);
      if (codeBytes + Varint.length(digestBytes) + digestBytes == array.length) {
        return;
      }
    } catch (DefraException e) {
      throw new Malformed("invalid multihash");
    }
    throw new Malformed("invalid multihash");
  }
}
