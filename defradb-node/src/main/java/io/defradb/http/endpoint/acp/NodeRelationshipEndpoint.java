package io.defradb.http.endpoint.acp;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.acp.NodeAccess;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Gives an actor a relation to the node, or takes it away. */
record NodeRelationshipEndpoint(Method method) implements Endpoint {
  private static final JsonShape ADDED = shape("add");
  private static final JsonShape REMOVED = shape("delete");

  private static final String BODY =
      "{\"type\":\"object\",\"properties\":{\"Relation\":{\"type\":\"string\"},"
          + "\"TargetActor\":{\"type\":\"string\"}}}";

  @Override
  public Operation operation() {
    boolean isAdded = method == Method.POST;
    return AcpEndpoints.operation(
            method,
            "/acp/node/relationship",
            isAdded ? "add nac relationship" : "delete nac relationship",
            isAdded
                ? "Give an actor a relation to the node"
                : "Take an actor's relation to the node away")
        .jsonBody(BODY)
        .answers(isAdded ? AcpEndpoints.EXISTED : AcpEndpoints.FOUND);
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(method == Method.POST ? ADDED : REMOVED);
    String relation = JsonBody.text(body, "Relation");
    String actor = JsonBody.text(body, "TargetActor");
    return call.transact(
        false,
        transaction -> {
          NodeAccess access = transaction.nodeAccess();
          var json = new JsonWriter().beginObject();
          if (method == Method.POST) {
            json.name("ExistedAlready").bool(access.addRelationship(call.asker(), relation, actor));
          } else {
            json.name("RecordFound").bool(access.removeRelationship(call.asker(), relation, actor));
          }
          return Answer.json(json.endObject());
        });
  }

  private static JsonShape shape(String verb) {
    return JsonShape.of("http." + verb + "NACActorRelationshipRequest")
        .text("Relation")
        .text("TargetActor");
  }
}
