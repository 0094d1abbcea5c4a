package io.defradb.db.backup;

import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Cid;
import io.defradb.multiformats.Varint;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Blocks in a file: CAR v1. A header {@code {"roots": [link..], "version": 1}} in DAG-CBOR, then
 * sections of CID and bytes, each of these after its length as a varint (CARv1 specification).
 */
final class CarWriter {
  private final OutputStream out;
  private long blocks;

  CarWriter(OutputStream out) {
    this.out = out;
  }

  void header(List<Cid> roots) throws IOException {
    var header = new CborWriter(128).mapHeader(2).text("roots").arrayHeader(roots.size());
    roots.forEach(header::link);
    byte[] bytes = header.text("version").integer(1).toBytes();
    out.write(Varint.encode(bytes.length));
    out.write(bytes);
  }

  /** {@code bytes}: known to be those of {@code cid}. */
  void block(Cid cid, byte[] bytes) throws IOException {
    byte[] name = cid.toBytes();
    out.write(Varint.encode((long) name.length + bytes.length));
    out.write(name);
    out.write(bytes);
    blocks++;
  }

  /** Written so far. */
  long blocks() {
    return blocks;
  }
}
