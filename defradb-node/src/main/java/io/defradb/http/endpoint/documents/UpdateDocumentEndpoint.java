package io.defradb.http.endpoint.documents;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.DocumentJson;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;

/** Changes the fields given of one document. */
record UpdateDocumentEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operations.onDocument(Method.PATCH, "collection_update", "Update a document")
        .jsonBody(Operations.OBJECT);
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        false,
        transaction -> {
          CollectionVersion collection =
              transaction.catalog().activeByName(call.pathParameter("name")).orElse(null);
          if (collection == null) {
            return Answer.notFound();
          }
          DocId docId = DocIds.parse(call.pathParameter("docID"));
          StoredDocument stored =
              transaction
                  .documents(call.asker())
                  .get(collection, docId, true)
                  .orElseThrow(GetDocumentEndpoint::notThere);
          var changes = DocumentJson.parse(call.body(), new RestFields(collection));
          if (stored.isDeleted()) {
            throw deleted(docId);
          }
          RestFields.requireNoDocId(changes);
          transaction.writer(call.asker()).update(collection, docId, changes);
          return Answer.empty();
        });
  }

  static DefraException deleted(DocId docId) {
    return new DefraException(
        ErrorCode.DOCUMENT_DELETED,
        "a document with the given ID has been deleted",
        "DocID",
        docId);
  }
}
