package io.defradb.http.endpoint.lens;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import io.defradb.lens.Lenses;

/** Forgets compiled modules and lenses that no description shows. */
final class ReloadLensesEndpoint implements Endpoint {
  private final Lenses lenses;

  ReloadLensesEndpoint(Lenses lenses) {
    this.lenses = lenses;
  }

  @Override
  public Operation operation() {
    return LensEndpoints.operation(
        "/lens/registry/reload", "lens_registry_reload", "Load all migrations anew");
  }

  @Override
  public Answer answer(HttpCall call) {
    lenses.reload();
    return Answer.empty();
  }
}
