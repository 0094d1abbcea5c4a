package io.defradb.http.endpoint.schema;

import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.collection.SchemaFilter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.SharedSchema;
import io.defradb.schema.Schema;
import io.defradb.schema.json.SchemaJson;

/** Lists schemas, every version of them. */
final class DescribeSchemaEndpoint implements Endpoint {
  private final CollectionEditor editor;

  DescribeSchemaEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/schema",
            "schema_describe",
            SchemaEndpoints.TAG,
            "Introspect schema(s) by name, schema root, or version id.")
        .query("name", "Schema name", SchemaEndpoints.TEXT_SCHEMA)
        .query("root", "Schema root", SchemaEndpoints.TEXT_SCHEMA)
        .query("version_id", "Schema version id", SchemaEndpoints.TEXT_SCHEMA)
        .answers(SharedSchema.SCHEMA.list());
  }

  @Override
  public Answer answer(HttpCall call) {
    var filter = new SchemaFilter(call.query("version_id"), call.query("root"), call.query("name"));
    return call.transact(
        true,
        transaction -> {
          var json = new JsonWriter().beginArray();
          for (Schema schema : editor.findSchemas(transaction, filter)) {
            SchemaJson.write(json, schema);
          }
          return Answer.json(json.endArray());
        });
  }
}
