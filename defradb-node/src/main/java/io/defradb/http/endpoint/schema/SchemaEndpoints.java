package io.defradb.http.endpoint.schema;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Endpoint;
import io.defradb.lens.Lenses;
import java.util.List;

/** The endpoints of this room. */
public final class SchemaEndpoints {
  static final String TAG = "schema";
  static final String TEXT_SCHEMA = "{\"type\":\"string\"}";

  private SchemaEndpoints() {}

  public static List<Endpoint> all(CollectionEditor editor, Lenses lenses) {
    return List.of(
        new AddSchemaEndpoint(editor),
        new PatchSchemaEndpoint(editor, lenses),
        new DescribeSchemaEndpoint(editor),
        new ActivateSchemaEndpoint(editor));
  }
}
