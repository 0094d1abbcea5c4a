package io.defradb.http.endpoint.acp;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.acp.DocumentAccess;
import io.defradb.acp.DocumentAccess.Relationship;
import io.defradb.db.Transaction;
import io.defradb.document.JsonWriter;
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

/** Gives an actor a relation to a document, or takes it away. */
record DocumentRelationshipEndpoint(Method method) implements Endpoint {
  private static final JsonShape ADDED = shape("add");
  private static final JsonShape REMOVED = shape("delete");

  private static final String BODY =
      "{\"type\":\"object\",\"properties\":{\"CollectionName\":{\"type\":\"string\"},"
          + "\"DocID\":{\"type\":\"string\"},\"Relation\":{\"type\":\"string\"},"
          + "\"TargetActor\":{\"type\":\"string\"}}}";

  @Override
  public Operation operation() {
    boolean isAdded = method == Method.POST;
    return AcpEndpoints.operation(
            method,
            "/acp/document/relationship",
            isAdded ? "add dac relationship" : "delete dac relationship",
            isAdded
                ? "Give an actor a relation to a document"
                : "Take an actor's relation to a document away")
        .jsonBody(BODY)
        .answers(isAdded ? AcpEndpoints.EXISTED : AcpEndpoints.FOUND);
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(method == Method.POST ? ADDED : REMOVED);
    String name = JsonBody.text(body, "CollectionName");
    var relationship =
        new Relationship(
            JsonBody.text(body, "DocID"),
            JsonBody.text(body, "Relation"),
            JsonBody.text(body, "TargetActor"));
    return call.transact(
        false,
        transaction -> {
          DocumentAccess access = transaction.access();
          access.requireAvailable();
          CollectionVersion collection = collection(transaction, name);
          var json = new JsonWriter().beginObject();
          if (method == Method.POST) {
            json.name("ExistedAlready")
                .bool(access.addRelationship(call.asker(), collection, relationship));
          } else {
            json.name("RecordFound")
                .bool(access.removeRelationship(call.asker(), collection, relationship));
          }
          return Answer.json(json.endObject());
        });
  }

  private static CollectionVersion collection(Transaction transaction, String name) {
    if (name.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "collection name can't be empty");
    }
    return transaction
        .catalog()
        .activeByName(name)
        .orElseThrow(() -> new DefraException(ErrorCode.KEY_NOT_FOUND, "key not found"));
  }

  private static JsonShape shape(String verb) {
    return JsonShape.of("http." + verb + "DACActorRelationshipRequest")
        .text("CollectionName")
        .text("DocID")
        .text("Relation")
        .text("TargetActor");
  }
}
