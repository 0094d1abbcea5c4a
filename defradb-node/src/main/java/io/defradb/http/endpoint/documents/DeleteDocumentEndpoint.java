package io.defradb.http.endpoint.documents;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;

/** Deletes one document. */
record DeleteDocumentEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operations.onDocument(Method.DELETE, "collection_delete", "Delete a document");
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
          if (stored.isDeleted()) {
            throw UpdateDocumentEndpoint.deleted(docId);
          }
          transaction.writer(call.asker()).delete(collection, docId);
          return Answer.empty();
        });
  }
}
