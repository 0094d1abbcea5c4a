package io.defradb.http.endpoint.node;

import io.defradb.http.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** The operations of the node itself. */
public final class NodeEndpoints {
  private NodeEndpoints() {}

  /** Those operations, and the description of them and of {@code others}. */
  public static List<Endpoint> with(NodeControl node, List<Endpoint> others) {
    var all = new ArrayList<Endpoint>(others);
    all.add(new HealthCheckEndpoint());
    all.add(new NodeIdentityEndpoint(node));
    all.add(new PurgeEndpoint(node));
    all.add(new DumpEndpoint(node));
    all.add(new MetricsEndpoint(node));
    all.add(new ApiDescriptionEndpoint(all.stream().map(Endpoint::operation).toList()));
    return all;
  }
}
