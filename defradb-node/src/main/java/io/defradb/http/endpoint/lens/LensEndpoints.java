package io.defradb.http.endpoint.lens;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.endpoint.RefusedEndpoint;
import java.util.List;
import java.util.stream.Stream;

/** The operations below {@code /lens} of a node without a lens runtime. */
public final class LensEndpoints {
  private static final String OBJECT = "{\"type\":\"object\"}";
  private static final String OBJECTS = "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}";
  private static final String TEXT = "{\"type\":\"string\"}";

  private LensEndpoints() {}

  /** Every one answers that lenses are not supported. */
  public static List<Endpoint> none() {
    return lenses().map(o -> refused(o, "lens migrations are not supported by this node")).toList();
  }

  private static Stream<Operation> lenses() {
    return Stream.of(
        lens("/lens", "lens_set_migration", "Set the migration between two versions")
            .jsonBody(OBJECT),
        lens("/lens/registry", "lens_registry_set_migration", "Set a migration in the registry")
            .jsonBody(OBJECT),
        lens("/lens/registry/reload", "lens_registry_reload", "Load all migrations anew"),
        lens("/lens/registry/{version}/up", "lens_registry_migrate_up", "Migrate documents up")
            .pathParameter("version", "Schema version ID", TEXT)
            .jsonBody(OBJECT)
            .answers(OBJECTS),
        lens("/lens/registry/{version}/down", "lens_registry_migrate_down", "Migrate them down")
            .pathParameter("version", "Schema version ID", TEXT)
            .jsonBody(OBJECT)
            .answers(OBJECTS));
  }

  private static Operation lens(String path, String id, String summary) {
    return Operation.api(Method.POST, path, id, "lens", summary);
  }

  private static Endpoint refused(Operation operation, String text) {
    return new RefusedEndpoint(operation, new DefraException(ErrorCode.UNSUPPORTED, text));
  }
}
