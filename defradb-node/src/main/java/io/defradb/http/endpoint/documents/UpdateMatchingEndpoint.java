package io.defradb.http.endpoint.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.DocumentWriter;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.DocumentJson;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Changes every document that matches a filter. */
record UpdateMatchingEndpoint(DocumentFinder finder) implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("http.CollectionUpdateRequest").text("updater");

  @Override
  public Operation operation() {
    return Operations.onCollection(
            Method.PATCH, "collection_update_with_filter", "Update the documents that match")
        .jsonBody(
            "{\"type\":\"object\",\"properties\":{\"filter\":{},"
                + "\"updater\":{\"type\":\"string\"}}}")
        .answers(Operations.CHANGED);
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        false,
        transaction ->
            transaction
                .catalog()
                .activeByName(call.pathParameter("name"))
                .map(collection -> update(call, transaction, collection))
                .orElseGet(Answer::notFound));
  }

  private Answer update(HttpCall call, Transaction transaction, CollectionVersion collection) {
    JsonNode body = call.bodyJson(SHAPE);
    String updater = JsonBody.text(body, "updater").strip();
    Supplier<Map<String, Value>> changes = changes(updater, collection);
    List<DocId> matching =
        finder.find(transaction, call.asker(), collection, JsonBody.member(body, "filter"));
    if (!matching.isEmpty() && collection.isView()) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "unexpected type. Property: data[_docID], Expected: string, Actual: <nil>");
    }
    if (!matching.isEmpty() && !updater.startsWith("[")) { // a JSON patch changes nothing
      Map<String, Value> wanted = changes.get();
      DocumentWriter writer = transaction.writer(call.asker());
      matching.forEach(docId -> writer.update(collection, docId, wanted));
    }
    return Operations.changed(matching);
  }

  /** What is no JSON is refused at once; values that do not fit, once there is a document. */
  private static Supplier<Map<String, Value>> changes(
      String updater, CollectionVersion collection) {
    boolean isJson = isJson(updater);
    if (isJson && !updater.startsWith("{") && !updater.startsWith("[")) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "the updater of a document is of invalid type");
    }
    if (isJson) {
      return () -> DocumentJson.parse(updater, new RestFields(collection));
    }
    Map<String, Value> lenient = DocumentJson.parse(updater, new RestFields(collection));
    return () -> lenient;
  }

  private static boolean isJson(String text) {
    try {
      JsonBody.parse(text);
      return true;
    } catch (DefraException broken) {
      return false;
    }
  }
}
