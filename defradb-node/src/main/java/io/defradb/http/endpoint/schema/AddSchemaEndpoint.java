package io.defradb.http.endpoint.schema;

import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.SharedSchema;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionJson;

/** Adds the collections of an SDL text. */
final class AddSchemaEndpoint implements Endpoint {
  private final CollectionEditor editor;

  AddSchemaEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST,
            "/schema",
            "add_schema",
            SchemaEndpoints.TAG,
            "Add a new schema definition")
        .textBody(SchemaEndpoints.TEXT_SCHEMA)
        .answers(SharedSchema.COLLECTION.list());
  }

  @Override
  public Answer answer(HttpCall call) {
    String sdl = call.bodyText();
    return call.transact(
        false,
        transaction -> {
          var json = new JsonWriter().beginArray();
          for (CollectionVersion version : editor.add(transaction, sdl)) {
            CollectionJson.write(json, version);
          }
          return Answer.json(json.endArray());
        });
  }
}
