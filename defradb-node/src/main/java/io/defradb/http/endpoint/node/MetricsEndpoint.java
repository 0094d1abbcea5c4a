package io.defradb.http.endpoint.node;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import java.nio.charset.StandardCharsets;

/** The metrics page for Prometheus. */
record MetricsEndpoint(NodeControl node) implements Endpoint {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public Operation operation() {
    return Operation.root("/metrics", "metrics", "MetricsEndpoint in the Prometheus text format");
  }

  @Override
  public Answer answer(HttpCall call) {
    byte[] page = node.metrics().getBytes(StandardCharsets.UTF_8);
    return new Answer.Whole(200, CONTENT_TYPE, page, page.length);
  }
}
