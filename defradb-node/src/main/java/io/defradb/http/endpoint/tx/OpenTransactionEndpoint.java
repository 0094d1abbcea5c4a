package io.defradb.http.endpoint.tx;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.TransactionSessions;

/**
 * Opens a transaction. Both forms are alike here: requests of one transaction run one after the
 * other in any case.
 */
record OpenTransactionEndpoint(TransactionSessions sessions, String path, String id, String summary)
    implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(Method.POST, path, id, "transaction", summary)
        .query("read_only", "Whether writes are refused", "{\"type\":\"boolean\"}")
        .answers("{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    long opened = sessions.open(call.looseFlag("read_only")).id();
    return Answer.json(new JsonWriter().beginObject().name("id").number(opened).endObject());
  }
}
