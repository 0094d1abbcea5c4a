package io.defradb.http.endpoint.documents;

import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.DocumentJson;
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
          if (transaction.documents(call.asker()).get(collection, docId, false).isEmpty()) {
            throw GetDocumentEndpoint.notThere();
          }
          transaction
              .writer(call.asker())
              .update(
                  collection, docId, DocumentJson.parse(call.body(), new RestFields(collection)));
          return Answer.EMPTY;
        });
  }
}
