package io.defradb.http.endpoint.schema;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Endpoint;
import java.util.List;

/** The endpoints of this room. */
public final class SchemaEndpoints {
  static final String TAG = "schema";
  static final String TEXT_SCHEMA = "{\"type\":\"string\"}";

  private SchemaEndpoints() {}

  public static List<Endpoint> all(CollectionEditor editor) {
    return List.of(
        new AddSchemaEndpoint(editor),
        new PatchSchemaEndpoint(editor),
        new DescribeSchemaEndpoint(editor),
        new ActivateSchemaEndpoint(editor));
  }
}
