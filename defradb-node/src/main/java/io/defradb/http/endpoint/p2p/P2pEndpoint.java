package io.defradb.http.endpoint.p2p;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import io.defradb.replication.Replication;

/** A route of a node that has a network. */
record P2pEndpoint(Route route, Replication replication) implements Endpoint {
  @Override
  public Operation operation() {
    return route.operation();
  }

  @Override
  public Answer answer(HttpCall call) {
    return route.handler().answer(replication, call);
  }
}
