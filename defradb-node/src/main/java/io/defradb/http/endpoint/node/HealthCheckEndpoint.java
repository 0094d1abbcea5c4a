package io.defradb.http.endpoint.node;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;

/** Says that the node answers. */
record HealthCheckEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.root("/health-check", "health_check", "Whether the node answers");
  }

  @Override
  public Answer answer(HttpCall call) {
    return Answer.json(new JsonWriter().string("Healthy"));
  }
}
