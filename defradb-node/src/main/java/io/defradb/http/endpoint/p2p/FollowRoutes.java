package io.defradb.http.endpoint.p2p;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.replication.Replication;
import io.defradb.replication.Subscriptions;
import java.util.List;
import java.util.function.Function;

/** What is followed by gossip: collections or documents. */
final class FollowRoutes {
  private FollowRoutes() {}

  static List<Route> of(
      String path, String noun, Function<Replication, Subscriptions> subscriptions) {
    String id = "peer_" + noun;
    Operation list =
        P2pEndpoints.api(Method.GET, path, id + "_list", "List the " + noun + " that are followed");
    Operation add = P2pEndpoints.api(Method.POST, path, id + "_add", "Follow " + noun);
    Operation remove =
        P2pEndpoints.api(Method.DELETE, path, id + "_remove", "Follow " + noun + " no more");
    return List.of(
        new Route(
            list.answers(P2pEndpoints.NAMES),
            (replication, call) ->
                Answer.json(
                    PeerJson.write(new JsonWriter(), subscriptions.apply(replication).names()))),
        new Route(
            add.jsonBody(P2pEndpoints.NAMES),
            (replication, call) -> {
              subscriptions.apply(replication).add(PeerJson.texts(call.bodyJson()));
              return new Answer.Later(replication.told().thenApply(done -> Answer.empty()));
            }),
        new Route(
            remove.jsonBody(P2pEndpoints.NAMES),
            (replication, call) -> {
              subscriptions.apply(replication).remove(PeerJson.texts(call.bodyJson()));
              return Answer.empty();
            }));
  }
}
