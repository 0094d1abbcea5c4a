package io.defradb.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.quickstart.server.QuickstartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the run asks of the node. */
final class NodeApi {
  private static final String AIRPORTS =
      "{ Airport { _docID iata name city state country latitude longitude } }";

  private static final String P2P = "/p2p";

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

  /** All airports with every field that has a value, numbers without trailing zeros, by DocID. */
  Map<String, Map<String, String>> rows() throws InterruptedException {
    var fields = new StringBuilder();
    for (JsonNode field : client.collection("Airport").path("schema").path("Fields")) {
      fields.append(' ').append(field.path("Name").asText());
    }
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (JsonNode document :
        client.graphql("{ Airport {" + fields + " } }", Map.of()).path("Airport")) {
      rows.put(document.path("_docID").asText(), values(document));
    }
    return rows;
  }

  static Map<String, String> values(JsonNode row) {
    Map<String, String> values = new TreeMap<>();
    row.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNumber()) {
                values.put(
                    field.getKey(), value.decimalValue().stripTrailingZeros().toPlainString());
              } else if (!value.isNull()) {
                values.put(field.getKey(), value.asText());
              }
            });
    return values;
  }

  void update(List<String> docIds, Map<String, Object> changes) throws InterruptedException {
    client.graphql(
        "mutation ($ids: [ID!], $changes: AirportMutationInputArg!)"
            + " { update_Airport(docID: $ids, input: $changes) { _docID } }",
        Map.of("ids", docIds, "changes", changes));
  }

  void delete(List<String> docIds) throws InterruptedException {
    client.graphql(
        "mutation ($ids: [ID!]) { delete_Airport(docID: $ids) { _docID } }", Map.of("ids", docIds));
  }

  void addField(String name, String kind) throws InterruptedException {
    client.patchSchema(
        "[{\"op\":\"add\",\"path\":\"/Airport/Fields/-\",\"value\":{\"Name\":\""
            + name
            + "\",\"Kind\":\""
            + kind
            + "\"}}]");
  }

  /** From now on this node pushes its airports to the other one. */
  void replicateTo(NodeApi other) throws InterruptedException {
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.set("Info", other.client.call("GET", P2P + "/info", null));
    target.putArray("Collections").add("Airport");
    client.call("POST", P2P + "/replicators", target.toString().getBytes(UTF_8));
  }

  /** Commits and documents that other nodes have not acknowledged yet. */
  long unacknowledged() throws InterruptedException {
    long count = 0;
    for (JsonNode peer : client.call("GET", P2P + "/status", null)) {
      count += peer.path("Lag").asLong() + peer.path("OwedDocuments").asLong();
    }
    return count;
  }

  private static String read(Path sdl) {
    try {
      return Files.readString(sdl);
    } catch (IOException e) {
      throw new QuickstartFailure("The file " + sdl + " cannot be read: " + e.getMessage(), e);
    }
  }
}
