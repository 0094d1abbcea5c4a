package io.defradb.http.endpoint.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.SharedSchema;
import io.defradb.lens.LensConfig;
import io.defradb.lens.Lenses;

/** Patches schemas, and makes the new versions active when asked. */
final class PatchSchemaEndpoint implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("http.patchSchemaRequest")
          .text("Patch")
          .flag("SetAsDefaultVersion")
          .optional("Migration", JsonShape.LENS);

  private final CollectionEditor editor;
  private final Lenses lenses;

  PatchSchemaEndpoint(CollectionEditor editor, Lenses lenses) {
    this.editor = editor;
    this.lenses = lenses;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.PATCH,
            "/schema",
            "patch_schema",
            SchemaEndpoints.TAG,
            "Update a schema definition")
        .jsonBody(SharedSchema.PATCH_SCHEMA_REQUEST.one());
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(SHAPE);
    String patch = JsonBody.text(body, "Patch");
    boolean isMadeActive = JsonBody.flag(body, "SetAsDefaultVersion");
    JsonNode migration = JsonBody.member(body, "Migration");
    LensConfig lens =
        migration.isMissingNode() || migration.isNull()
            ? null
            : LensConfig.parse(migration.toString());
    return call.transact(
        false,
        transaction -> {
          boolean isChanged =
              editor.patchSchemas(
                  transaction, patch, lens == null ? null : lens.toJson(), isMadeActive);
          if (isChanged && lens != null) {
            lenses.open(lens, () -> null);
          }
          return Answer.empty();
        });
  }
}
