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
    all.add(new HealthCheck());
    all.add(new NodeIdentity(node));
    all.add(new Purge(node));
    all.add(new Dump(node));
    all.add(new Metrics(node));
    all.add(new ApiDescription(all.stream().map(Endpoint::operation).toList()));
    return all;
  }
}
