package io.defradb.http.endpoint.lens;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Operation;
import io.defradb.lens.LensConfig;
import io.defradb.lens.Lenses;

/** Sets the lens of a version until lenses are loaded anew; no description shows it. */
final class GiveLensEndpoint implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("http.setMigrationRequest")
          .text("CollectionID")
          .object("Config", JsonShape.LENS);

  private final Lenses lenses;

  GiveLensEndpoint(Lenses lenses) {
    this.lenses = lenses;
  }

  @Override
  public Operation operation() {
    return LensEndpoints.operation(
            "/lens/registry", "lens_registry_set_migration", "Set a migration in the registry")
        .jsonBody(LensEndpoints.OBJECT);
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(SHAPE);
    String versionId = JsonBody.text(body, "CollectionID");
    LensConfig lens = LensConfig.parse(JsonBody.member(body, "Config").toString());
    lenses.open(lens, () -> null);
    return call.transact(
        false,
        transaction -> {
          transaction.afterCommit(() -> lenses.give(versionId, lens));
          return Answer.empty();
        });
  }
}
