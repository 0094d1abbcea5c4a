package io.defradb.http.endpoint.node;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Has the node log what it stores. */
record DumpEndpoint(NodeControl node) implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(Method.GET, "/debug/dump", "debug_dump", "schema", "Log what is stored");
  }

  @Override
  public Answer answer(HttpCall call) {
    node.dump();
    return Answer.empty();
  }
}
