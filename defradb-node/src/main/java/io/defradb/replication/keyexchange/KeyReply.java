package io.defradb.replication.keyexchange;

import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.replication.pushlog.CborFields;
import java.util.List;

/**
 * Answers a {@link KeyRequest}: the CBOR map {@code Links, Blocks, EphemeralPublicKey}, all null
 * when nothing may be told.
 *
 * @param links those of the request, told or not
 * @param blocks sealed, of those that are told; which one is which shows when they are opened
 * @param publicKey of who answers, made for this answer
 */
record KeyReply(List<Bytes> links, List<Bytes> blocks, Bytes publicKey) {
  static final KeyReply NOTHING = new KeyReply(List.of(), List.of(), Bytes.EMPTY);

  KeyReply {
    links = List.copyOf(links);
    blocks = List.copyOf(blocks);
  }

  Bytes encode() {
    var out = new CborWriter(128 + links.size() * 200);
    out.mapHeader(3);
    if (blocks.isEmpty()) {
      out.text("Links").nullValue();
      out.text("Blocks").nullValue();
      return Bytes.wrap(out.text("EphemeralPublicKey").nullValue().toBytes());
    }
    list(out.text("Links"), links);
    list(out.text("Blocks"), blocks);
    return Bytes.wrap(out.text("EphemeralPublicKey").bytes(publicKey).toBytes());
  }

  private static void list(CborWriter out, List<Bytes> values) {
    out.arrayHeader(values.size());
    values.forEach(out::bytes);
  }

  /** Throws INVALID_CBOR, TOO_LARGE. */
  static KeyReply decode(Bytes message) {
    var fields = new CborFields(message);
    List<Bytes> links = List.of();
    List<Bytes> blocks = List.of();
    Bytes publicKey = Bytes.EMPTY;
    while (fields.hasNext()) {
      switch (fields.next()) {
        case "links" -> links = KeyRequest.list(fields.value(), KeyRequest.LINKS_MAX);
        case "blocks" -> blocks = KeyRequest.list(fields.value(), KeyRequest.LINKS_MAX);
        case "ephemeralpublickey" -> publicKey = KeyRequest.bytes(fields.value());
        default -> fields.skip();
      }
    }
    return new KeyReply(links, blocks, publicKey);
  }
}
