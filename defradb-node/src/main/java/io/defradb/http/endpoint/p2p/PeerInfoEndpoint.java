package io.defradb.http.endpoint.p2p;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import io.defradb.replication.PeerInfo;
import java.util.function.Supplier;

/** Who the node is, of a node that has peers and does not replicate. */
record PeerInfoEndpoint(Operation operation, Supplier<PeerInfo> peer) implements Endpoint {
  @Override
  public Answer answer(HttpCall call) {
    var json = new JsonWriter();
    PeerJson.write(json, peer.get());
    return Answer.json(json);
  }
}
