package io.defradb.http.endpoint.collection;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.json.GoJsonFaults;

/** Patches descriptions; the body is a JSON string that holds a JSON Patch. */
final class PatchCollectionsEndpoint implements Endpoint {
  private final CollectionEditor editor;

  PatchCollectionsEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.PATCH,
            "/collections",
            "patch_collection",
            CollectionEndpoints.TAG,
            "Update collection definitions")
        .jsonBody(CollectionEndpoints.TEXT_SCHEMA);
  }

  @Override
  public Answer answer(HttpCall call) {
    String patch = patch(call.bodyJson());
    return call.transact(
        false,
        transaction -> {
          editor.patchCollections(transaction, patch);
          return Answer.empty();
        });
  }

  private static String patch(JsonNode body) {
    if (body.isTextual()) {
      return body.textValue();
    }
    if (body.isNull()) {
      return "";
    }
    throw new DefraException(
        ErrorCode.INVALID_JSON,
        "json: cannot unmarshal " + GoJsonFaults.kind(body) + " into Go value of type string");
  }
}
