package io.defradb.http.endpoint.p2p;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.replication.PeerStatus;
import io.defradb.replication.Replication;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the node is, and how far its replicators have come. */
final class PeerRoutes {
  private static final String STATUS =
      """
      {"type":"array","items":{"type":"object","properties":{"ID":{"type":"string"},
      "Connected":{"type":"boolean"},"AcknowledgedSeq":{"type":"integer"},
      "LastSeq":{"type":"integer"},"Lag":{"type":"integer"},"OwedDocuments":{"type":"integer"},
      "LastSuccess":{"type":"string","nullable":true},
      "LastFailure":{"type":"string","nullable":true}}}}""";

  private PeerRoutes() {}

  static List<Route> all() {
    return List.of(
        new Route(
            P2pEndpoints.api(
                    Method.GET, "/p2p/info", "peer_info", "The node's peer ID and addresses")
                .answers(PeerJson.INFO),
            PeerRoutes::info),
        new Route(
            P2pEndpoints.api(
                    Method.GET, "/p2p/status", "peer_status", "How far each replicator has come")
                .answers(STATUS),
            PeerRoutes::status));
  }

  private static Answer info(Replication replication, HttpCall call) {
    var json = new JsonWriter();
    PeerJson.write(json, replication.info());
    return Answer.json(json);
  }

  private static Answer status(Replication replication, HttpCall call) {
    var json = new JsonWriter().beginArray();
    for (PeerStatus status : replication.status()) {
      json.beginObject().name("ID").string(status.peerId());
      json.name("Connected").bool(status.isConnected());
      json.name("AcknowledgedSeq").number(status.acknowledgedSeq());
      json.name("LastSeq").number(status.lastSeq());
      json.name("Lag").number(status.lag());
      json.name("OwedDocuments").number(status.owedDocuments());
      Instant success = status.lastSuccess();
      text(json.name("LastSuccess"), success == null ? null : success.toString());
      text(json.name("LastFailure"), status.lastFailure());
      json.endObject();
    }
    return Answer.json(json.endArray());
  }

  private static void text(JsonWriter json, @Nullable String value) {
    if (value == null) {
      json.nullValue();
    } else {
      json.string(value);
    }
  }
}
