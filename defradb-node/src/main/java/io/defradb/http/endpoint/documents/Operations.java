package io.defradb.http.endpoint.documents;

import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.util.List;

/** What the descriptions and answers of these operations share. */
final class Operations {
  static final String OBJECT = "{\"type\":\"object\"}";
  static final String TEXT = "{\"type\":\"string\"}";
  static final String FLAG = "{\"type\":\"boolean\"}";
  static final String CHANGED =
      "{\"type\":\"object\",\"properties\":{\"Count\":{\"type\":\"integer\"},"
          + "\"DocIDs\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}";

  private Operations() {}

  static Operation onCollection(Method method, String id, String summary) {
    return Operation.api(method, "/collections/{name}", id, "collection", summary)
        .pathParameter("name", "Collection name", TEXT);
  }

  static Operation onDocument(Method method, String id, String summary) {
    return Operation.api(method, "/collections/{name}/{docID}", id, "collection", summary)
        .pathParameter("name", "Collection name", TEXT)
        .pathParameter("docID", "DocID", TEXT);
  }

  static Answer changed(List<DocId> docIds) {
    var json = new JsonWriter().beginObject().name("Count").number(docIds.size());
    json.name("DocIDs").beginArray();
    docIds.forEach(docId -> json.string(docId.text()));
    return Answer.json(json.endArray().endObject());
  }
}
