package io.defradb.http.endpoint.documents;

import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;

/** One document by its DocID. */
record GetDocumentEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operations.onDocument(Method.GET, "collection_get", "Get a document by its DocID")
        .query("show_deleted", "Deleted ones too", Operations.FLAG)
        .answers(Operations.OBJECT);
  }

  @Override
  public Answer answer(HttpCall call) {
    boolean isDeletedShown = "true".equals(call.query("show_deleted"));
    return call.transact(
        true,
        transaction -> {
          CollectionVersion collection =
              transaction.catalog().activeByName(call.pathParameter("name")).orElse(null);
          if (collection == null) {
            return Answer.notFound();
          }
          return transaction
              .documents(call.asker())
              .get(collection, DocIds.parse(call.pathParameter("docID")), isDeletedShown)
              .map(document -> Answer.json(DocumentAnswer.print(collection, document)))
              .orElseThrow(GetDocumentEndpoint::notThere);
        });
  }

  static DefraException notThere() {
    return new DefraException(
        ErrorCode.DOCUMENT_NOT_FOUND, "document not found or not authorized to access");
  }
}
