package io.defradb.http;

import java.util.List;

/**
 * What the server serves: the endpoints and the transactions behind them. Swapped as a whole when
 * the node restarts in place.
 */
public record House(
    List<Endpoint> endpoints, TransactionSessions transactions, Authenticator authenticator) {
  public House {
    endpoints = List.copyOf(endpoints);
  }
}
