package io.defradb.http.endpoint.index;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import java.util.Optional;

/** Drops an index of a collection. */
final class DropIndexEndpoint implements Endpoint {
  private final CollectionEditor editor;

  DropIndexEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.DELETE,
            "/collections/{name}/indexes/{index}",
            "index_drop",
            IndexEndpoints.TAG,
            "Delete a secondary index")
        .pathParameter("name", "Collection name", IndexEndpoints.TEXT_SCHEMA)
        .pathParameter("index", "", IndexEndpoints.TEXT_SCHEMA);
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        false,
        transaction -> {
          Optional<CollectionVersion> collection =
              editor.collection(transaction, call.pathParameter("name"));
          if (collection.isEmpty()) {
            return Answer.notFound();
          }
          editor.dropIndex(transaction, collection.get(), call.pathParameter("index"));
          return Answer.empty();
        });
  }
}
