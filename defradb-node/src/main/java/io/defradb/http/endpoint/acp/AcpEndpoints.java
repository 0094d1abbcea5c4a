package io.defradb.http.endpoint.acp;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.endpoint.RefusedEndpoint;
import java.util.List;

/** The operations below {@code /acp} of a node without access control. */
public final class AcpEndpoints {
  private static final String DOCUMENT_RELATIONSHIP =
      "{\"type\":\"object\",\"properties\":{\"CollectionName\":{\"type\":\"string\"},"
          + "\"DocID\":{\"type\":\"string\"},\"Relation\":{\"type\":\"string\"},"
          + "\"TargetActor\":{\"type\":\"string\"}}}";
  private static final String NODE_RELATIONSHIP =
      "{\"type\":\"object\",\"properties\":{\"Relation\":{\"type\":\"string\"},"
          + "\"TargetActor\":{\"type\":\"string\"}}}";
  private static final String EXISTED =
      "{\"type\":\"object\",\"properties\":{\"ExistedAlready\":{\"type\":\"boolean\"}}}";
  private static final String FOUND =
      "{\"type\":\"object\",\"properties\":{\"RecordFound\":{\"type\":\"boolean\"}}}";

  private AcpEndpoints() {}

  /** Every one answers that access control is not there, but the status. */
  public static List<Endpoint> none() {
    return List.of(
        new NodeAccessStatusEndpoint(),
        withoutDocuments(
            api(Method.POST, "/acp/document/policy", "add dac policy", "Add a policy")
                .textBody("{\"type\":\"string\"}")
                .answers(
                    "{\"type\":\"object\",\"properties\":{\"PolicyID\":{\"type\":\"string\"}}}")),
        withoutDocuments(
            api(
                    Method.POST,
                    "/acp/document/relationship",
                    "add dac relationship",
                    "Give an actor a relation to a document")
                .jsonBody(DOCUMENT_RELATIONSHIP)
                .answers(EXISTED)),
        withoutDocuments(
            api(
                    Method.DELETE,
                    "/acp/document/relationship",
                    "delete dac relationship",
                    "Take an actor's relation to a document away")
                .jsonBody(DOCUMENT_RELATIONSHIP)
                .answers(FOUND)),
        withoutNode(
            api(
                    Method.POST,
                    "/acp/node/relationship",
                    "add nac relationship",
                    "Give an actor a relation to the node")
                .jsonBody(NODE_RELATIONSHIP)
                .answers(EXISTED)),
        withoutNode(
            api(
                    Method.DELETE,
                    "/acp/node/relationship",
                    "delete nac relationship",
                    "Take an actor's relation to the node away")
                .jsonBody(NODE_RELATIONSHIP)
                .answers(FOUND)),
        withoutNode(
            api(Method.POST, "/acp/node/disable", "disable nac", "Suspend node access control")),
        withoutNode(
            api(
                Method.POST,
                "/acp/node/re-enable",
                "re-enable nac",
                "Resume node access control")));
  }

  private static Endpoint withoutDocuments(Operation operation) {
    return new RefusedEndpoint(
        operation,
        new DefraException(ErrorCode.UNSUPPORTED, "operation requires ACP, but ACP not available"));
  }

  private static Endpoint withoutNode(Operation operation) {
    return new RefusedEndpoint(
        operation, new DefraException(ErrorCode.UNSUPPORTED, "node acp is not configured"));
  }

  private static Operation api(Method method, String path, String id, String summary) {
    return Operation.api(method, path, id, "acp", summary);
  }
}
