package io.defradb.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.quickstart.server.QuickstartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the run asks of the node. */
final class NodeApi {
  private static final String AIRPORTS =
      "{ Airport { _docID iata name city state country latitude longitude } }";

  private final DefraClient client;

  NodeApi(String url) {
    client = new DefraClient(ClientSettings.anonymous(url));
  }

  /** Adds the collection unless an earlier run has. */
  void addSchema(Path sdl) throws InterruptedException {
    try {
      client.collection("Airport");
    } catch (DefraException e) {
      if (e.code() != ErrorCode.COLLECTION_NOT_FOUND) {
        throw e;
      }
      client.addSchema(read(sdl));
    }
  }

  /** Live documents. */
  long count() throws InterruptedException {
    return client.graphql("{ _count(Airport: {}) }", Map.of()).path("_count").asLong();
  }

  /** All documents by DocID. */
  Map<String, Airport> airports() throws InterruptedException {
    Map<String, Airport> airports = new HashMap<>();
    for (JsonNode document : client.graphql(AIRPORTS, Map.of()).path("Airport")) {
      Airport airport = ChangeEvent.airport(document);
      if (airport != null) {
        airports.put(document.path("_docID").asText(), airport);
      }
    }
    return airports;
  }

  private static String read(Path sdl) {
    try {
      return Files.readString(sdl);
    } catch (IOException e) {
      throw new QuickstartFailure("The file " + sdl + " cannot be read: " + e.getMessage(), e);
    }
  }
}
