package io.defradb.replication.docsync;

import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.CborFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The heads of the documents that a peer has: the CBOR map {@code results, sender}; no results are
 * null.
 *
 * @param heads of the composite chain, by document
 * @param sender base58 ID of who answers
 */
record SyncReply(Map<DocId, List<Cid>> heads, String sender) {
  private static final int HEADS_MAX = 100_000;

  Bytes encode() {
    var out = new CborWriter(80 + heads.size() * 100);
    out.mapHeader(2).text("results");
    if (heads.isEmpty()) {
      out.nullValue();
    } else {
      out.arrayHeader(heads.size());
      heads.forEach(
          (docId, cids) -> {
            out.mapHeader(2).text("docID").text(docId.text());
            out.text("heads").arrayHeader(cids.size());
            cids.forEach(cid -> out.bytes(cid.toBytes()));
          });
    }
    return Bytes.wrap(out.text("sender").text(sender).toBytes());
  }

  /** Throws INVALID_CBOR, INVALID_DOC_ID, INVALID_CID, TOO_LARGE. */
  static SyncReply decode(Bytes message) {
    var fields = new CborFields(message);
    Map<DocId, List<Cid>> heads = new LinkedHashMap<>();
    String sender = "";
    while (fields.hasNext()) {
      switch (fields.next()) {
        case "results" -> readResults(fields.value(), heads);
        case "sender" -> sender = fields.value().text();
        default -> fields.skip();
      }
    }
    return new SyncReply(heads, sender);
  }

  private static void readResults(CborReader in, Map<DocId, List<Cid>> heads) {
    if (in.peek() == CborReader.Type.NULL) {
      in.nullValue();
      return;
    }
    int read = 0;
    for (int left = in.arrayHeader(); left > 0; left--) {
      String docId = "";
      List<Cid> cids = new ArrayList<>();
      for (int members = in.mapHeader(); members > 0; members--) {
        switch (in.text().toLowerCase(Locale.ROOT)) {
          case "docid" -> docId = in.text();
          case "heads" -> readHeads(in, cids);
          default ->
              throw new DefraException(ErrorCode.INVALID_CBOR, "an unknown member of a result");
        }
      }
      read += cids.size();
      if (read > HEADS_MAX) {
        throw new DefraException(ErrorCode.TOO_LARGE, "too many heads", "Max", HEADS_MAX);
      }
      heads.computeIfAbsent(DocIds.parse(docId), id -> new ArrayList<>()).addAll(cids);
    }
  }

  private static void readHeads(CborReader in, List<Cid> cids) {
    for (int left = in.arrayHeader(); left > 0; left--) {
      cids.add(Cid.fromBytes(in.bytes().toArray()));
    }
  }
}
