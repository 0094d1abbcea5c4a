package io.defradb.http.endpoint.acp;

import io.defradb.acp.NodeAccess;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Whether the node asks who may administer it. */
record NodeAccessStatusEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return AcpEndpoints.operation(
            Method.GET, "/acp/node/status", "Check status of nac", "Node access control")
        .answers("{\"type\":\"object\",\"properties\":{\"Status\":{\"type\":\"string\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        true,
        transaction -> {
          NodeAccess access = transaction.nodeAccess();
          access.require(call.asker(), NodeAccess.Permission.NAC_STATUS);
          return Answer.json(
              new JsonWriter()
                  .beginObject()
                  .name("Status")
                  .string(access.status().text())
                  .endObject());
        });
  }
}
