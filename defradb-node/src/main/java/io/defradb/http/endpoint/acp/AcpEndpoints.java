package io.defradb.http.endpoint.acp;

import io.defradb.acp.NodeAccess;
import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.util.List;

/** The endpoints of this room. */
public final class AcpEndpoints {
  static final String EXISTED =
      "{\"type\":\"object\",\"properties\":{\"ExistedAlready\":{\"type\":\"boolean\"}}}";
  static final String FOUND =
      "{\"type\":\"object\",\"properties\":{\"RecordFound\":{\"type\":\"boolean\"}}}";

  private AcpEndpoints() {}

  public static List<Endpoint> all() {
    return List.of(
        new AddPolicyEndpoint(),
        new DocumentRelationshipEndpoint(Method.POST),
        new DocumentRelationshipEndpoint(Method.DELETE),
        new NodeRelationshipEndpoint(Method.POST),
        new NodeRelationshipEndpoint(Method.DELETE),
        new NodeAccessStatusEndpoint(),
        new NodeAccessSwitchEndpoint(
            operation(
                Method.POST, "/acp/node/disable", "disable nac", "Suspend node access control"),
            NodeAccess::disable),
        new NodeAccessSwitchEndpoint(
            operation(
                Method.POST, "/acp/node/re-enable", "re-enable nac", "Resume node access control"),
            NodeAccess::reEnable));
  }

  static Operation operation(Method method, String path, String id, String summary) {
    return Operation.api(method, path, id, "acp", summary);
  }
}
