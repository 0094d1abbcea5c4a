package io.defradb.http.endpoint.graphql;

import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import java.util.List;

/** The operations {@code /graphql} and {@code /ccip}. */
public final class GraphqlEndpoints {
  private GraphqlEndpoints() {}

  public static List<Endpoint> all(GraphqlService service) {
    return List.of(
        new GraphqlEndpoint(service, Method.POST),
        new GraphqlEndpoint(service, Method.GET),
        new CcipEndpoint(service, Method.POST),
        new CcipEndpoint(service, Method.GET));
  }
}
