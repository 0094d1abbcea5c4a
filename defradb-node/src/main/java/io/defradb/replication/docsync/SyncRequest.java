package io.defradb.replication.docsync;

import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.replication.pushlog.CborFields;
import java.util.ArrayList;
import java.util.List;

/** Asks who has documents: a CBOR map with one list of texts. */
record SyncRequest(List<DocId> docIds) {
  static final int DOCUMENTS_MAX = 10_000;

  SyncRequest {
    docIds = List.copyOf(docIds);
  }

  Bytes encode() {
    var out = new CborWriter(16 + docIds.size() * 42);
    out.mapHeader(1).text("docIDs").arrayHeader(docIds.size());
    docIds.forEach(docId -> out.text(docId.text()));
    return Bytes.wrap(out.toBytes());
  }

  /** Throws INVALID_CBOR, INVALID_DOC_ID, TOO_LARGE. */
  static SyncRequest decode(Bytes message) {
    var fields = new CborFields(message);
    List<DocId> docIds = new ArrayList<>();
    while (fields.hasNext()) {
      if (fields.next().equals("docids")) {
        read(fields.value(), docIds);
      } else {
        fields.skip();
      }
    }
    return new SyncRequest(docIds);
  }

  private static void read(CborReader in, List<DocId> docIds) {
    if (in.peek() == CborReader.Type.NULL) {
      in.nullValue();
      return;
    }
    int count = in.arrayHeader();
    if (count > DOCUMENTS_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "too many documents to sync", "Max", DOCUMENTS_MAX);
    }
    for (int i = 0; i < count; i++) {
      docIds.add(DocIds.parse(in.text()));
    }
  }
}
