package io.defradb.http.endpoint.documents;

import io.defradb.db.DocumentWriter;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import java.util.List;

/** Deletes every document that matches a filter. */
record DeleteMatchingEndpoint(DocumentFinder finder) implements Endpoint {
  private static final JsonShape SHAPE = JsonShape.of("http.CollectionDeleteRequest");

  @Override
  public Operation operation() {
    return Operations.onCollection(
            Method.DELETE, "collection_delete_with_filter", "Delete the documents that match")
        .jsonBody("{\"type\":\"object\",\"properties\":{\"filter\":{}}}")
        .answers(Operations.CHANGED);
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        false,
        transaction ->
            transaction
                .catalog()
                .activeByName(call.pathParameter("name"))
                .map(collection -> delete(call, transaction, collection))
                .orElseGet(Answer::notFound));
  }

  private Answer delete(HttpCall call, Transaction transaction, CollectionVersion collection) {
    List<DocId> matching =
        finder.find(
            transaction, call.asker(), collection, JsonBody.member(call.bodyJson(SHAPE), "filter"));
    DocumentWriter writer = transaction.writer(call.asker());
    matching.forEach(docId -> writer.delete(collection, docId));
    return Operations.changed(matching);
  }
}
