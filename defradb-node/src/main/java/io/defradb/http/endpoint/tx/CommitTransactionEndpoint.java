package io.defradb.http.endpoint.tx;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Commits; after a conflict the transaction can only be discarded. */
record CommitTransactionEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST, "/tx/{id}", "transaction_commit", "transaction", "Commit a transaction")
        .pathParameter("id", "The transaction's number", "{\"type\":\"integer\"}")
        .transactionInPath();
  }

  @Override
  public Answer answer(HttpCall call) {
    call.requiredSession().commit();
    return Answer.empty();
  }
}
