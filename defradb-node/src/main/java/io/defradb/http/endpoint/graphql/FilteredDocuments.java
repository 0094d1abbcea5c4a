package io.defradb.http.endpoint.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.acp.Asker;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.http.JsonBody;
import io.defradb.http.endpoint.documents.DocumentFinder;
import io.defradb.query.RequestRunner;
import io.defradb.request.Page;
import io.defradb.request.Request;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;

/** Finds documents by a filter that the GraphQL door reads. */
public record FilteredDocuments(GraphqlDoor door, RequestRunner runner) implements DocumentFinder {
  @Override
  public List<DocId> find(
      Transaction transaction, Asker asker, CollectionVersion collection, JsonNode filter) {
    Request request = request(transaction, collection.name(), filter);
    var json = new JsonWriter();
    runner.run(request, transaction, asker, json);
    var docIds = new ArrayList<DocId>();
    JsonBody.parse(json.toBytes())
        .get(collection.name())
        .forEach(document -> docIds.add(new DocId(document.get("_docID").asText("")))); // a view's
    return docIds;
  }

  private Request request(Transaction transaction, String name, JsonNode filter) {
    boolean isWritten = filter.isTextual() && !filter.textValue().isEmpty();
    if (!filter.isObject() && !isWritten) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid filter");
    }
    Object given = filter.isObject() ? PlainJson.object(filter) : filter.textValue();
    var matching =
        new Select(
            name,
            name,
            name,
            null,
            null,
            door.filter(name, given, transaction.catalog()),
            null,
            null,
            Page.WHOLE,
            false,
            List.of(new Selection.Field("_docID", "_docID")));
    return new Request(Request.Operation.QUERY, List.of(matching), null);
  }
}
