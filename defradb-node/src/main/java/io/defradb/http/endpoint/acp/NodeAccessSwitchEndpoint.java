package io.defradb.http.endpoint.acp;

import io.defradb.acp.Asker;
import io.defradb.acp.NodeAccess;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import java.util.function.BiConsumer;

/** Suspends node access control, or resumes it. */
record NodeAccessSwitchEndpoint(Operation operation, BiConsumer<NodeAccess, Asker> change)
    implements Endpoint {
  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        false,
        transaction -> {
          change.accept(transaction.nodeAccess(), call.asker());
          return Answer.empty();
        });
  }
}
