package io.defradb.http.endpoint.node;

import io.defradb.acp.NodeAccess;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Deletes everything on a development node. A refusal is a bare JSON string. */
record PurgeEndpoint(NodeControl node) implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(
        Method.POST, "/purge", "purge", "schema", "Delete everything and start again");
  }

  @Override
  public Answer answer(HttpCall call) {
    if (!node.isDevelopment()) {
      return Answer.json(
          400, new JsonWriter().string("cannot purge database when development mode is disabled"));
    }
    call.transact(
        true,
        transaction -> {
          transaction.nodeAccess().require(call.asker(), NodeAccess.Permission.NAC_PURGE);
          return Answer.empty();
        });
    node.purge();
    return Answer.empty();
  }
}
