package io.defradb.http.endpoint.acp;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Whether the node asks who may administer it: not on this one. */
record NodeAccessStatusEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET, "/acp/node/status", "Check status of nac", "acp", "Node access control")
        .answers("{\"type\":\"object\",\"properties\":{\"Status\":{\"type\":\"string\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    return Answer.json(
        new JsonWriter().beginObject().name("Status").string("not configured").endObject());
  }
}
