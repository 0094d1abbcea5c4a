package io.defradb.http.endpoint.schema;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Makes the version named in the body the active one of its collection. */
final class ActivateSchemaEndpoint implements Endpoint {
  private final CollectionEditor editor;

  ActivateSchemaEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST,
            "/schema/default",
            "set_default_schema_version",
            SchemaEndpoints.TAG,
            "Set the default schema version for a collection")
        .textBody(SchemaEndpoints.TEXT_SCHEMA);
  }

  @Override
  public Answer answer(HttpCall call) {
    String versionId = call.bodyText();
    return call.transact(
        false,
        transaction -> {
          editor.activate(transaction, versionId);
          return Answer.empty();
        });
  }
}
