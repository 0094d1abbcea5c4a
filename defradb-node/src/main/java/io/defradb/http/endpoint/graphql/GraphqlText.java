package io.defradb.http.endpoint.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent to the GraphQL route (http-api specification, section 4): a non-empty {@code
 * query} parameter wins over the body, on POST too.
 *
 * @param variables an object
 */
record GraphqlText(String query, String operationName, JsonNode variables) {
  private static final JsonShape SHAPE =
      JsonShape.of("http.GraphQLRequest").text("query").text("operationName").map("variables");

  private static final JsonShape ANY_OBJECT = JsonShape.of("map[string]interface {}");
  private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

  static GraphqlText of(HttpCall call) {
    String query = call.query("query");
    if (query != null && !query.isEmpty()) {
      String name = call.query("operationName");
      return new GraphqlText(query, name == null ? "" : name, variables(call.query("variables")));
    }
    JsonNode body = call.bodyJson(SHAPE);
    return new GraphqlText(
        JsonBody.text(body, "query"),
        JsonBody.text(body, "operationName"),
        checked(JsonBody.member(body, "variables")));
  }

  /** Without {@code mutation} in its text no operation of it changes anything. */
  boolean canWrite() {
    return query.contains("mutation");
  }

  private static JsonNode variables(@Nullable String json) {
    return json == null || json.isEmpty() ? NONE : checked(JsonBody.parse(json));
  }

  private static JsonNode checked(JsonNode variables) {
    if (variables.isMissingNode() || variables.isNull()) {
      return NONE;
    }
    return ANY_OBJECT.check(variables);
  }
}
