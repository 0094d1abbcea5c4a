package io.defradb.http.endpoint.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.view.StoredViewQueries;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.lens.LensConfig;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionJson;
import org.jspecify.annotations.Nullable;

/** Adds views: a query, the types of its rows, and perhaps a transform. */
final class AddViewEndpoint implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("http.addViewRequest")
          .text("Query")
          .text("SDL")
          .optional("Transform", JsonShape.LENS);

  private final CollectionEditor editor;
  private final StoredViewQueries queries;

  AddViewEndpoint(CollectionEditor editor, StoredViewQueries queries) {
    this.editor = editor;
    this.queries = queries;
  }

  @Override
  public Operation operation() {
    return Operation.api(Method.POST, "/view", "view", ViewEndpoints.TAG, "Add a view")
        .jsonBody("{\"type\":\"object\"}")
        .answers("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(SHAPE);
    String query = JsonBody.text(body, "Query");
    String sdl = JsonBody.text(body, "SDL");
    JsonNode transform = JsonBody.member(body, "Transform");
    @Nullable String transformJson =
        transform.isMissingNode() || transform.isNull()
            ? null
            : LensConfig.parse(transform.toString()).toJson();
    return call.transact(
        false,
        transaction -> {
          if (transformJson != null) {
            transaction.lenses().open(LensConfig.parse(transformJson), () -> null);
          }
          var json = new JsonWriter().beginArray();
          for (CollectionVersion view :
              editor.addView(
                  transaction, sdl, catalog -> queries.source(query, transformJson, catalog))) {
            CollectionJson.writeWithSchema(json, view);
          }
          return Answer.json(json.endArray());
        });
  }
}
