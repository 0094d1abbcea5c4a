package io.defradb.http.endpoint.tx;

import io.defradb.http.Endpoint;
import io.defradb.http.TransactionSessions;
import java.util.List;

/** The operations below {@code /tx}. */
public final class TxEndpoints {
  private TxEndpoints() {}

  public static List<Endpoint> all(TransactionSessions sessions) {
    return List.of(
        new OpenTransactionEndpoint(sessions, "/tx", "new_transaction", "Open a transaction"),
        new OpenTransactionEndpoint(
            sessions,
            "/tx/concurrent",
            "new_concurrent_transaction",
            "Open a transaction that several requests may use at once"),
        new CommitTransactionEndpoint(),
        new DiscardTransactionEndpoint());
  }
}
