package io.defradb.http.endpoint.documents;

import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.document.JsonWriter;
import io.defradb.http.HttpCall;
import io.defradb.http.StreamBuffer;
import io.defradb.http.StreamSource;

/** DocIDs as server-sent events, from one snapshot. */
final class DocIdStream implements StreamSource {
  private final HttpCall.Held transaction;
  private final DocumentCursor documents;
  private final JsonWriter json = new JsonWriter();

  DocIdStream(HttpCall.Held transaction, DocumentCursor documents) {
    this.transaction = transaction;
    this.documents = documents;
  }

  @Override
  public Progress pull(StreamBuffer out) {
    while (!out.isFull()) {
      StoredDocument document = documents.next();
      if (document == null) {
        return Progress.END;
      }
      json.reset();
      json.beginObject().name("docID").string(document.docId().text());
      json.name("error").string("").endObject();
      out.write("data: ").write(json).write("\n\n");
    }
    return Progress.MORE;
  }

  @Override
  public void close() {
    documents.close();
    transaction.close();
  }
}
