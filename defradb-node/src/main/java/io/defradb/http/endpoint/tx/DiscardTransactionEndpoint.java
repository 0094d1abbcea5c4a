package io.defradb.http.endpoint.tx;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Drops everything that the transaction did. */
record DiscardTransactionEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(
            Method.DELETE,
            "/tx/{id}",
            "transaction_discard",
            "transaction",
            "Discard a transaction")
        .pathParameter("id", "The transaction's number", "{\"type\":\"integer\"}")
        .transactionInPath();
  }

  @Override
  public Answer answer(HttpCall call) {
    call.requiredSession().close();
    return Answer.empty();
  }
}
