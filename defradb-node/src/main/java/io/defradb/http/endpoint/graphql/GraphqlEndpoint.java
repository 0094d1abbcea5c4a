package io.defradb.http.endpoint.graphql;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** GraphQL by POST and by GET; both read the query parameter first. */
record GraphqlEndpoint(GraphqlService service, Method method) implements Endpoint {
  private static final String TEXT = "{\"type\":\"string\"}";
  private static final String REQUEST =
      "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\"},"
          + "\"operationName\":{\"type\":\"string\"},\"variables\":{\"type\":\"object\"}}}";
  private static final String ANSWER =
      "{\"type\":\"object\",\"properties\":{\"data\":{\"type\":\"object\",\"nullable\":true},"
          + "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":"
          + "{\"message\":{\"type\":\"string\"}}}}}}";

  @Override
  public Operation operation() {
    Operation operation =
        Operation.api(
            method,
            "/graphql",
            method == Method.GET ? "graphql_get" : "graphql_post",
            "graphql",
            "Run a GraphQL request");
    if (method == Method.GET) {
      operation =
          operation
              .query("query", "The request", TEXT)
              .query("operationName", "Which of its operations", TEXT)
              .query("variables", "JSON object of its variables", TEXT);
    } else {
      operation = operation.jsonBody(REQUEST);
    }
    return operation.answers(ANSWER);
  }

  @Override
  public Answer answer(HttpCall call) {
    GraphqlService.Outcome outcome = service.run(call, GraphqlText.of(call));
    if (outcome instanceof GraphqlService.Outcome.Subscribed subscribed) {
      return Answer.events(subscribed.events(), false);
    }
    return Answer.json(((GraphqlService.Outcome.Answered) outcome).json());
  }
}
