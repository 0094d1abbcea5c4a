package io.defradb.http.endpoint.lens;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Operation;
import io.defradb.lens.LensConfig;
import io.defradb.lens.Lenses;

/** Sets the lens between two versions of a collection, known or not yet. */
final class SetMigrationEndpoint implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("client.LensConfig")
          .text("SourceSchemaVersionID")
          .text("DestinationSchemaVersionID")
          .lenses();

  private final CollectionEditor editor;
  private final Lenses lenses;

  SetMigrationEndpoint(CollectionEditor editor, Lenses lenses) {
    this.editor = editor;
    this.lenses = lenses;
  }

  @Override
  public Operation operation() {
    return LensEndpoints.operation(
            "/lens", "lens_set_migration", "Set the migration between two versions")
        .jsonBody(LensEndpoints.OBJECT);
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(SHAPE);
    String source = JsonBody.text(body, "SourceSchemaVersionID");
    String destination = JsonBody.text(body, "DestinationSchemaVersionID");
    JsonNode modules = JsonBody.member(body, "Lenses"); // the reference takes these alone
    LensConfig lens =
        LensConfig.parse(
            (modules.isMissingNode() ? JsonBody.member(body, "Lens") : body).toString());
    lenses.open(lens, () -> null);
    return call.transact(
        false,
        transaction -> {
          editor.setMigration(transaction, source, destination, lens.toJson());
          return Answer.empty();
        });
  }
}
