package io.defradb.http.endpoint.index;

import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionJson;
import java.util.Optional;

/** Lists the indexes of one collection. */
final class ListIndexesEndpoint implements Endpoint {
  private final CollectionEditor editor;

  ListIndexesEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/collections/{name}/indexes",
            "index_list",
            IndexEndpoints.TAG,
            "List secondary indexes")
        .pathParameter("name", "Collection name", IndexEndpoints.TEXT_SCHEMA)
        .answers(IndexEndpoints.LIST_SCHEMA);
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        true,
        transaction -> {
          Optional<CollectionVersion> collection =
              editor.collection(transaction, call.pathParameter("name"));
          if (collection.isEmpty()) {
            return Answer.notFound();
          }
          var json = new JsonWriter().beginArray();
          collection.get().indexes().forEach(index -> CollectionJson.write(json, index));
          return Answer.json(json.endArray());
        });
  }
}
