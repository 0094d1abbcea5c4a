package io.defradb.http.endpoint.collection;

import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.collection.CollectionFilter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.SharedSchema;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionJson;

/** Lists collections with their schemas. */
final class DescribeCollectionsEndpoint implements Endpoint {
  private final CollectionEditor editor;

  DescribeCollectionsEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/collections",
            "collection_describe",
            CollectionEndpoints.TAG,
            "Introspect collection(s) by name, schema id, or version id.")
        .query("name", "Collection name", CollectionEndpoints.TEXT_SCHEMA)
        .query("collection_id", "Collection ID", CollectionEndpoints.TEXT_SCHEMA)
        .query("version_id", "Collection schema version id", CollectionEndpoints.TEXT_SCHEMA)
        .query(
            "get_inactive",
            "If true, inactive collections will be returned in addition to active ones",
            CollectionEndpoints.TEXT_SCHEMA)
        .answers(SharedSchema.COLLECTION_DEFINITION.list());
  }

  @Override
  public Answer answer(HttpCall call) {
    var filter =
        new CollectionFilter(
            call.query("name"),
            call.query("version_id"),
            call.query("collection_id"),
            call.queryFlag("get_inactive"));
    return call.transact(
        true,
        transaction -> {
          var json = new JsonWriter().beginArray();
          for (CollectionVersion version : editor.find(transaction, filter)) {
            CollectionJson.writeWithSchema(json, version);
          }
          return Answer.json(json.endArray());
        });
  }
}
