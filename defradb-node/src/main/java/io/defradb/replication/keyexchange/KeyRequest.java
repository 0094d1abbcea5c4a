package io.defradb.replication.keyexchange;

import io.defradb.crypto.X25519;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.CborFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for keys: the CBOR map {@code Identity, Links, EphemeralPublicKey}.
 *
 * @param did who asks, which nothing proves; may be empty
 * @param links of encryption blocks
 * @param publicKey what answers are sealed for, X25519
 */
record KeyRequest(String did, List<Cid> links, Bytes publicKey) {
  static final int LINKS_MAX = 1000;

  KeyRequest {
    links = List.copyOf(links);
  }

  Bytes encode() {
    var out = new CborWriter(96 + did.length() + links.size() * 38);
    out.mapHeader(3).text("Identity").bytesOf(did).text("Links").arrayHeader(links.size());
    links.forEach(link -> out.bytes(link.toBytes()));
    return Bytes.wrap(out.text("EphemeralPublicKey").bytes(publicKey).toBytes());
  }

  /** Throws INVALID_CBOR, INVALID_CID, INVALID_KEY, TOO_LARGE. */
  static KeyRequest decode(Bytes message) {
    var fields = new CborFields(message);
    String did = "";
    List<Cid> links = new ArrayList<>();
    Bytes publicKey = Bytes.EMPTY;
    while (fields.hasNext()) {
      switch (fields.next()) {
        case "identity" -> did = bytes(fields.value()).toUtf8();
        case "links" -> {
          for (Bytes link : list(fields.value(), LINKS_MAX)) {
            links.add(Cid.fromBytes(link.toArray()));
          }
        }
        case "ephemeralpublickey" -> publicKey = bytes(fields.value());
        default -> fields.skip();
      }
    }
    if (publicKey.length() != X25519.KEY_BYTES) {
      throw new DefraException(ErrorCode.INVALID_KEY, "failed to unmarshal ephemeral public key");
    }
    return new KeyRequest(did, links, publicKey);
  }

  /** Null is read as nothing. */
  static Bytes bytes(CborReader in) {
    if (in.peek() == CborReader.Type.NULL) {
      in.nullValue();
      return Bytes.EMPTY;
    }
    return in.bytes();
  }

  /** Null is read as an empty list. */
  static List<Bytes> list(CborReader in, int max) {
    List<Bytes> list = new ArrayList<>();
    if (in.peek() == CborReader.Type.NULL) {
      in.nullValue();
      return list;
    }
    int count = in.arrayHeader();
    if (count > max) {
      throw new DefraException(ErrorCode.TOO_LARGE, "too many encryption keys", "Max", max);
    }
    for (int i = 0; i < count; i++) {
      list.add(in.bytes());
    }
    return list;
  }
}
