package io.defradb.http.endpoint.lens;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.lens.Lenses;
import java.util.List;

/** The endpoints of this room. */
public final class LensEndpoints {
  static final String OBJECT = "{\"type\":\"object\"}";

  private LensEndpoints() {}

  public static List<Endpoint> all(CollectionEditor editor, Lenses lenses) {
    return List.of(
        new SetMigrationEndpoint(editor, lenses),
        new GiveLensEndpoint(lenses),
        new ReloadLensesEndpoint(lenses),
        new MigrateEndpoint(lenses, false),
        new MigrateEndpoint(lenses, true));
  }

  static Operation operation(String path, String id, String summary) {
    return Operation.api(Method.POST, path, id, "lens", summary);
  }
}
