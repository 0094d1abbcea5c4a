package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the exchanges recorded between a client and the reference node, in their order, and expects
 * the same status, headers and bytes. The recording lies beside the golden vectors.
 */
class RecordedExchangesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Where the reference is at fault, or the answer is a key of the node's own. */
  private static final Set<String> OTHER_BODY =
      Set.of("node-identity", "export after deletion", "docIDs stream after deletion");

  private final Map<String, String> transactions = new HashMap<>();

  @TempDir Path root;

  @Test
  void givenTheRecordedRequests_whenSentAgain_thenTheAnswersAreTheSame() throws Exception {
    Path recording =
        Path.of(System.getProperty("vectors", "../../shared/vectors"))
            .resolveSibling("reference/samples/http-exchanges.json");
    assumeTrue(Files.exists(recording), "no recording at " + recording);
    var soft = new SoftAssertions();
    try (DefraNode node = DefraNode.start(TestNodes.inMemory(root))) {
      for (JsonNode exchange : MAPPER.readTree(Files.readAllBytes(recording))) {
        if (exchange.has("request")) { // others are notes and streams
          compare(exchange, send(exchange.get("request"), node), soft);
        }
      }
    }
    soft.assertAll();
  }

  private HttpResponse<String> send(JsonNode request, DefraNode node)
      throws IOException, InterruptedException {
    String path = request.get("path").textValue();
    int slash = path.lastIndexOf('/');
    if (path.startsWith("/api/v0/tx/")) {
      String id = path.substring(slash + 1);
      path = path.substring(0, slash + 1) + transactions.getOrDefault(id, id);
    }
    JsonNode body = request.get("body");
    String text = body.isTextual() ? body.textValue() : body.isNull() ? "" : body.toString();
    var builder =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + path))
            .method(
                request.get("method").textValue(),
                HttpRequest.BodyPublishers.ofString(text.replace("/data/", root + "/")));
    for (Map.Entry<String, JsonNode> header : request.get("headers").properties()) {
      String value = header.getValue().textValue();
      builder.header(
          header.getKey(),
          header.getKey().equals("x-defradb-tx") ? transactions.getOrDefault(value, value) : value);
    }
    return CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void compare(JsonNode exchange, HttpResponse<String> answer, SoftAssertions soft)
      throws IOException {
    String name = exchange.get("name").textValue();
    JsonNode expected = exchange.get("response");
    String body = expected.get("body").textValue();
    if (body.startsWith("{\"id\":")) {
      transactions.put(
          MAPPER.readTree(body).get("id").asText(),
          MAPPER.readTree(answer.body()).get("id").asText());
      body = answer.body();
    }
    if (OTHER_BODY.contains(name)) {
      assertThat(answer.statusCode()).as(name).isEqualTo(200);
      return;
    }
    soft.assertThat(answer.statusCode()).as(name).isEqualTo(expected.get("status").intValue());
    soft.assertThat(answer.body()).as(name).isEqualTo(body);
    for (Map.Entry<String, JsonNode> header : expected.get("headers").properties()) {
      boolean isLength = header.getKey().equals("Content-Length");
      boolean isComparable = !isLength || !body.startsWith("{\"id\"");
      if (isComparable) {
        soft.assertThat(answer.headers().allValues(header.getKey()))
            .as(name + ", header " + header.getKey())
            .contains(header.getValue().textValue());
      }
    }
  }
}
