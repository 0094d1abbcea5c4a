package io.defradb.http.endpoint.p2p;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Endpoint;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.endpoint.RefusedEndpoint;
import java.util.List;
import java.util.stream.Stream;

/** The operations below {@code /p2p} of a node whose network is off. */
public final class P2pEndpoints {
  private static final String NAMES = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";
  private static final String INFO =
      "{\"type\":\"object\",\"properties\":{\"ID\":{\"type\":\"string\"},\"Addrs\":" + NAMES + "}}";
  private static final String REPLICATOR =
      "{\"type\":\"object\",\"properties\":{\"Info\":" + INFO + ",\"Collections\":" + NAMES + "}}";
  private static final String SYNC =
      "{\"type\":\"object\",\"properties\":{\"collectionName\":{\"type\":\"string\"},\"docIDs\":"
          + NAMES
          + ",\"timeout\":{\"type\":\"string\"}}}";

  private P2pEndpoints() {}

  /** Every one answers {@code p2p network is disabled}. */
  public static List<Endpoint> disabled() {
    return operations()
        .map(
            operation ->
                (Endpoint)
                    new RefusedEndpoint(
                        operation,
                        new DefraException(ErrorCode.UNSUPPORTED, "p2p network is disabled")))
        .toList();
  }

  private static Stream<Operation> operations() {
    return Stream.of(
        api(Method.GET, "/p2p/info", "peer_info", "The node's peer id and addresses").answers(INFO),
        api(Method.GET, "/p2p/replicators", "peer_replicator_list", "List replicators")
            .answers("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"),
        api(Method.POST, "/p2p/replicators", "peer_replicator_set", "Add or extend a replicator")
            .jsonBody(REPLICATOR),
        api(Method.DELETE, "/p2p/replicators", "peer_replicator_delete", "Remove a replicator")
            .jsonBody(REPLICATOR),
        api(Method.GET, "/p2p/collections", "peer_collections_list", "List subscribed collections")
            .answers(NAMES),
        api(Method.POST, "/p2p/collections", "peer_collections_add", "Subscribe to collections")
            .jsonBody(NAMES),
        api(Method.DELETE, "/p2p/collections", "peer_collections_remove", "Leave collections")
            .jsonBody(NAMES),
        api(Method.GET, "/p2p/documents", "peer_documents_list", "List subscribed documents")
            .answers(NAMES),
        api(Method.POST, "/p2p/documents", "peer_documents_add", "Subscribe to documents")
            .jsonBody(NAMES),
        api(Method.DELETE, "/p2p/documents", "peer_documents_remove", "Leave documents")
            .jsonBody(NAMES),
        api(Method.POST, "/p2p/documents/sync", "peer_sync_documents", "Fetch documents from peers")
            .jsonBody(SYNC));
  }

  private static Operation api(Method method, String path, String id, String summary) {
    return Operation.api(method, path, id, "p2p", summary);
  }
}
