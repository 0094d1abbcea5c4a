package io.defradb.http.endpoint.p2p;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.endpoint.RefusedEndpoint;
import io.defradb.replication.PeerInfo;
import io.defradb.replication.Replication;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The operations below {@code /p2p} (HTTP specification, "Peer-to-peer"). */
public final class P2pEndpoints {
  static final String NAMES = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";

  private P2pEndpoints() {}

  /** Those of a node with a network. */
  public static List<Endpoint> all(Replication replication) {
    return routes().map(route -> (Endpoint) new P2pEndpoint(route, replication)).toList();
  }

  /** Those of a node without: every one answers {@code p2p network is disabled}. */
  public static List<Endpoint> disabled() {
    return routes().map(P2pEndpoints::refused).toList();
  }

  /** Those of a node that has peers and does not replicate: it tells who it is. */
  public static List<Endpoint> informing(Supplier<PeerInfo> peer) {
    return routes()
        .map(
            route ->
                route.operation().id().equals("peer_info")
                    ? new PeerInfoEndpoint(route.operation(), peer)
                    : refused(route))
        .toList();
  }

  private static Endpoint refused(Route route) {
    return new RefusedEndpoint(
        route.operation(), new DefraException(ErrorCode.UNSUPPORTED, "p2p network is disabled"));
  }

  private static Stream<Route> routes() {
    return Stream.of(
            PeerRoutes.all(),
            ReplicatorRoutes.all(),
            FollowRoutes.of("/p2p/collections", "collections", Replication::collections),
            FollowRoutes.of("/p2p/documents", "documents", Replication::documents),
            SyncRoute.all())
        .flatMap(List::stream);
  }

  static Operation api(Method method, String path, String id, String summary) {
    return Operation.api(method, path, id, "p2p", summary);
  }
}
