package io.defradb.http.endpoint.p2p;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.http.Answer;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.Method;
import io.defradb.replication.Replication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Fetches documents from whoever has them. What goes wrong after the parsing answers 500. */
final class SyncRoute {
  private static final String BODY =
      "{\"type\":\"object\",\"properties\":{\"collectionName\":{\"type\":\"string\"},\"docIDs\":"
          + P2pEndpoints.NAMES
          + ",\"timeout\":{\"type\":\"string\"}}}";

  private SyncRoute() {}

  static List<Route> all() {
    return List.of(
        new Route(
            P2pEndpoints.api(
                    Method.POST,
                    "/p2p/documents/sync",
                    "peer_sync_documents",
                    "Fetch documents from peers")
                .jsonBody(BODY),
            SyncRoute::sync));
  }

  private static Answer sync(Replication replication, HttpCall call) {
    JsonNode body = call.bodyJson();
    String collection = JsonBody.text(body, "collectionName");
    List<String> docIds = PeerJson.texts(JsonBody.member(body, "docIDs"));
    String text = JsonBody.text(body, "timeout");
    Duration timeout = text.isEmpty() ? null : DurationText.parse(text);
    CompletionStage<Void> fetched;
    try {
      fetched = replication.sync(collection, docIds, timeout);
    } catch (DefraException failure) {
      return Answer.error(500, failure.getMessage());
    }
    return new Answer.Later(
        fetched.handle(
            (done, failure) ->
                failure == null ? Answer.empty() : Answer.error(500, text(failure))));
  }

  private static String text(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof DefraException known) {
      return known.getMessage();
    }
    throw new CompletionException(cause);
  }
}
