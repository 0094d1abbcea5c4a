package io.defradb.http.endpoint.p2p;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.Method;
import io.defradb.replication.Replication;
import io.defradb.replication.Replicator;
import io.defradb.replication.ReplicatorTarget;
import java.util.List;

/** Peers to which commits are pushed. */
final class ReplicatorRoutes {
  private static final String PATH = "/p2p/replicators";
  private static final String TARGET =
      "{\"type\":\"object\",\"properties\":{\"Info\":"
          + PeerJson.INFO
          + ",\"Collections\":"
          + P2pEndpoints.NAMES
          + ",\"DocIDs\":"
          + P2pEndpoints.NAMES
          + "}}";
  private static final String LIST =
      "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"Info\":"
          + PeerJson.INFO
          + ",\"CollectionIDs\":"
          + P2pEndpoints.NAMES
          + ",\"DocIDs\":"
          + P2pEndpoints.NAMES
          + ",\"Status\":{\"type\":\"integer\"},\"LastStatusChange\":{\"type\":\"string\"}}}}";

  private ReplicatorRoutes() {}

  static List<Route> all() {
    return List.of(
        new Route(
            P2pEndpoints.api(Method.GET, PATH, "peer_replicator_list", "List replicators")
                .answers(LIST),
            ReplicatorRoutes::list),
        new Route(
            P2pEndpoints.api(Method.POST, PATH, "peer_replicator_set", "Add or extend a replicator")
                .jsonBody(TARGET),
            (replication, call) ->
                new Answer.Later(
                    replication.setReplicator(target(call)).thenApply(done -> Answer.empty()))),
        new Route(
            P2pEndpoints.api(Method.DELETE, PATH, "peer_replicator_delete", "Remove a replicator")
                .jsonBody(TARGET),
            (replication, call) ->
                new Answer.Later(
                    replication.deleteReplicator(target(call)).thenApply(done -> Answer.empty()))));
  }

  private static ReplicatorTarget target(HttpCall call) {
    JsonNode body = call.bodyJson();
    return new ReplicatorTarget(
        PeerJson.peer(JsonBody.member(body, "Info")),
        PeerJson.texts(JsonBody.member(body, "Collections")),
        PeerJson.texts(JsonBody.member(body, "DocIDs")));
  }

  private static Answer list(Replication replication, HttpCall call) {
    var json = new JsonWriter().beginArray();
    replication.replicators().forEach(replicator -> write(json, replicator));
    return Answer.json(json.endArray());
  }

  /** Documents are an addition to the reference's shape: left out where there are none. */
  private static void write(JsonWriter json, Replicator replicator) {
    PeerJson.write(json.beginObject().name("Info"), replicator.peer());
    PeerJson.write(json.name("CollectionIDs"), replicator.collectionIds());
    if (!replicator.docIds().isEmpty()) {
      PeerJson.write(json.name("DocIDs"), replicator.docIds());
    }
    json.name("Status").number(replicator.isActive() ? 0 : 1);
    json.name("LastStatusChange").string(replicator.lastStatusChange().toString()).endObject();
  }
}
