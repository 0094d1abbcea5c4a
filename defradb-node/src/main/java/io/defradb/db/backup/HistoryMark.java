package io.defradb.db.backup;

import io.defradb.error.DefraException;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of a history file that are no commits, in DAG-CBOR:
 *
 * <pre>
 * {"defradb-history": {"version": 1}}                                first, and the file's root
 * {"unit": {"docID": text or null, "heads": [link..], "collection": text}}   after its blocks
 * {"end": {"units": n, "blocks": n}}                                 last; without it a file is cut
 * </pre>
 *
 * <p>A unit without a DocID is a collection's own chain. docs/formats/history.md.
 */
sealed interface HistoryMark {
  int VERSION = 1;

  byte[] encode();

  /** How the file begins. */
  record Start() implements HistoryMark {
    @Override
    public byte[] encode() {
      return new CborWriter(64)
          .mapHeader(1)
          .text("defradb-history")
          .mapHeader(1)
          .text("version")
          .integer(VERSION)
          .toBytes();
    }
  }

  /** All blocks below these heads came before. */
  record Unit(String collectionId, @Nullable String docId, List<Cid> heads) implements HistoryMark {
    public Unit {
      heads = List.copyOf(heads);
    }

    @Override
    public byte[] encode() {
      var out = new CborWriter(256).mapHeader(1).text("unit").mapHeader(3).text("docID");
      if (docId == null) {
        out.nullValue();
      } else {
        out.text(docId);
      }
      out.text("heads").arrayHeader(heads.size());
      heads.forEach(out::link);
      return out.text("collection").text(collectionId).toBytes();
    }
  }

  /** How it ends; {@code blocks}: before this one. */
  record End(long units, long blocks) implements HistoryMark {
    @Override
    public byte[] encode() {
      return new CborWriter(64)
          .mapHeader(1)
          .text("end")
          .mapHeader(2)
          .text("units")
          .integer(units)
          .text("blocks")
          .integer(blocks)
          .toBytes();
    }
  }

  /**
   * {@code null}: some other block. Throws INVALID_ARGUMENT for one that begins as a mark and is
   * none.
   */
  static @Nullable HistoryMark read(Bytes block) {
    byte[] bytes = block.unsafeArray();
    try {
      var in = new CborReader(bytes, 0, bytes.length);
      if (in.peek() != CborReader.Type.MAP || in.mapHeader() != 1) {
        return null;
      }
      String kind = in.text();
      return switch (kind) {
        case "defradb-history" -> start(in);
        case "unit" -> unit(in);
        case "end" -> end(in);
        default -> null;
      };
    } catch (DefraException e) {
      throw CarReader.corrupt("a mark that cannot be read");
    }
  }

  private static Start start(CborReader in) {
    in.mapHeader();
    in.text();
    if (in.integer() != VERSION) {
      throw CarReader.corrupt("a version that is not known here");
    }
    return new Start();
  }

  private static Unit unit(CborReader in) {
    in.mapHeader();
    in.text();
    String docId = null;
    if (in.peek() == CborReader.Type.NULL) {
      in.nullValue();
    } else {
      docId = in.text();
    }
    in.text();
    List<Cid> heads = new ArrayList<>();
    for (int left = in.arrayHeader(); left > 0; left--) {
      heads.add(in.link());
    }
    in.text();
    return new Unit(in.text(), docId, heads);
  }

  private static End end(CborReader in) {
    in.mapHeader();
    in.text();
    long units = in.integer();
    in.text();
    return new End(units, in.integer());
  }
}
