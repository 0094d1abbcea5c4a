package io.defradb.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The node's HTTP API, as far as the run needs it. */
final class NodeApi {
  private static final Duration REQUEST_WAIT = Duration.ofSeconds(30);
  private static final String AIRPORTS =
      "{ Airport { _docID iata name city state country latitude longitude } }";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String url;

  NodeApi(String url) {
    this.url = url;
  }

  boolean isHealthy() {
    try {
      return send(HttpRequest.newBuilder(URI.create(url + "/health-check"))).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Adds the collection unless an earlier run has. */
  void addSchema(Path sdl) {
    try {
      if (query("{ __type(name: \"Airport\") { name } }").path("__type").isObject()) {
        return;
      }
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(url + "/api/v0/schema"))
                  .POST(HttpRequest.BodyPublishers.ofString(Files.readString(sdl))));
      if (answer.statusCode() != 200) {
        throw new QuickstartFailure("The node refused the schema: " + answer.body());
      }
    } catch (IOException e) {
      throw new QuickstartFailure("The node cannot be reached: " + e.getMessage(), e);
    }
  }

  /** Live documents. */
  long count() {
    return query("{ _count(Airport: {}) }").get("_count").asLong();
  }

  /** All documents by DocID. */
  Map<String, Airport> airports() {
    Map<String, Airport> airports = new HashMap<>();
    for (JsonNode document : query(AIRPORTS).get("Airport")) {
      Airport airport = ChangeEvent.airport(document);
      if (airport != null) {
        airports.put(document.get("_docID").asText(), airport);
      }
    }
    return airports;
  }

  private JsonNode query(String text) {
    try {
      String body = json.writeValueAsString(Map.of("query", text));
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(url + "/api/v0/graphql"))
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      JsonNode parsed = json.readTree(answer.body());
      if (parsed.hasNonNull("errors")) {
        throw new QuickstartFailure("The node refused a query: " + parsed.get("errors"));
      }
      return parsed.get("data");
    } catch (IOException e) {
      throw new QuickstartFailure("The node cannot be reached: " + e.getMessage(), e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(REQUEST_WAIT).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartFailure("interrupted", e);
    }
  }
}
