package io.defradb.http.endpoint.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.SharedSchema;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.IndexRequest;
import io.defradb.schema.json.CollectionJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates an index over the documents of a collection. */
final class CreateIndexEndpoint implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("client.IndexDescription")
          .text("Name")
          .objects(
              "Fields",
              JsonShape.of("client.IndexedFieldDescription").text("Name").flag("Descending"))
          .flag("Unique");

  private final CollectionEditor editor;

  CreateIndexEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST,
            "/collections/{name}/indexes",
            "index_create",
            IndexEndpoints.TAG,
            "Create a secondary index")
        .pathParameter("name", "Collection name", IndexEndpoints.TEXT_SCHEMA)
        .jsonBody(SharedSchema.INDEX_CREATE_REQUEST.one())
        .answers(SharedSchema.INDEX.one());
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
          IndexDescription index =
              editor.createIndex(transaction, collection.get(), request(call.bodyJson(SHAPE)));
          var json = new JsonWriter();
          CollectionJson.write(json, index);
          return Answer.json(json);
        });
  }

  private static IndexRequest request(JsonNode body) {
    List<IndexDescription.IndexedField> fields = new ArrayList<>();
    for (JsonNode field : JsonBody.member(body, "Fields")) {
      fields.add(
          new IndexDescription.IndexedField(
              JsonBody.text(field, "Name"), JsonBody.flag(field, "Descending")));
    }
    return new IndexRequest(JsonBody.text(body, "Name"), fields, JsonBody.flag(body, "Unique"));
  }
}
