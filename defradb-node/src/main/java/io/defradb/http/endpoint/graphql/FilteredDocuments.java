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
import io.defradb.request.Request;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds documents by asking the GraphQL door for their DocIDs. */
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
        .forEach(document -> docIds.add(new DocId(document.get("_docID").textValue())));
    return docIds;
  }

  private Request request(Transaction transaction, String name, JsonNode filter) {
    if (filter.isObject()) {
      String query = "query($f:" + name + "FilterArg){" + name + "(filter:$f){_docID}}";
      return door.parse(query, null, Map.of("f", PlainJson.object(filter)), transaction.catalog())
          .asked();
    }
    if (!filter.isTextual()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid filter");
    }
    String query = "{" + name + "(filter:" + filter.textValue() + "\n){_docID}}";
    Request request = door.parse(query, null, Map.of(), transaction.catalog()).asked();
    if (request.fields().size() != 1 || !request.fields().get(0).responseName().equals(name)) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid filter");
    }
    return request;
  }
}
