package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents between this node and the reference's, given as {@code -Dreference=<path>}. */
@Timeout(300)
class ReferenceReplicationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SDL =
      "type User {name: String n: Int points: Int @crdt(type: pncounter)}";

  @TempDir Path root;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final List<DefraNode> nodes = new ArrayList<>();

  @BeforeEach
  void lookForTheReference() {
    assumeTrue(!System.getProperty("reference", "").isEmpty(), "no -Dreference=<program>");
  }

  @AfterEach
  void close() throws InterruptedException {
    nodes.forEach(DefraNode::close);
    for (Process process : processes) {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** A running node of either kind, by its HTTP port. */
  private final class Peer {
    private final int port;

    Peer(int port) {
      this.port = port;
    }

    HttpResponse<String> ask(String method, String path, String body) {
      try {
        var request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v0" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException failure) {
        throw new java.io.UncheckedIOException(failure);
      } catch (InterruptedException stop) {
        throw new IllegalStateException(stop);
      }
    }

    void post(String path, String body) {
      assertThat(ask("POST", path, body).statusCode()).isEqualTo(200);
    }

    JsonNode json(String body) {
      try {
        return JSON.readTree(body);
      } catch (IOException failure) {
        throw new java.io.UncheckedIOException(failure);
      }
    }

    JsonNode graphql(String query) {
      String body = JSON.createObjectNode().put("query", query).toString();
      JsonNode answer = json(ask("POST", "/graphql", body).body());
      assertThat(answer.has("errors")).as(answer.toString()).isFalse();
      return answer.get("data");
    }

    String create(String input) {
      return graphql("mutation{create_User(input:" + input + "){_docID}}")
          .at("/create_User/0/_docID")
          .asText();
    }

    /** Again when a merge came between: the reference says so and changes nothing. */
    void update(String docId, String input) {
      String update = "update_User(docID:\"" + docId + "\",input:" + input + "){_docID}";
      String body = JSON.createObjectNode().put("query", "mutation{" + update + "}").toString();
      await()
          .atMost(PATIENCE)
          .until(() -> !ask("POST", "/graphql", body).body().contains("transaction conflict"));
    }

    JsonNode info() {
      return json(ask("GET", "/p2p/info", "").body());
    }

    String address() {
      return info().get("Addrs").get(0).asText() + "/p2p/" + info().get("ID").asText();
    }

    void replicateTo(Peer target) {
      post("/p2p/replicators", "{\"Info\":" + target.info() + ",\"Collections\":[\"User\"]}");
    }

    Set<String> users() {
      return values(graphql("query{User{_docID name n points}}").get("User"));
    }

    Set<String> commits() {
      return values(graphql("query{commits{cid signature{type}}}").get("commits"));
    }

    private Set<String> values(JsonNode rows) {
      Set<String> values = new TreeSet<>();
      rows.forEach(row -> values.add(row.toString()));
      return values;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Peer reference(Peer... others) throws IOException {
    int port = freePort();
    var command =
        new ArrayList<>(List.of(System.getProperty("reference"), "start", "--no-keyring"));
    command.addAll(List.of("--store", "memory", "--url", "127.0.0.1:" + port));
    command.addAll(List.of("--rootdir", root.resolve("reference" + port).toString()));
    command.addAll(List.of("--p2paddr", "/ip4/127.0.0.1/tcp/" + freePort()));
    for (Peer other : others) {
      command.addAll(List.of("--peers", other.address()));
    }
    var program = new ProcessBuilder(command).redirectErrorStream(true);
    processes.add(program.redirectOutput(root.resolve("log" + port).toFile()).start());
    var peer = new Peer(port);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> peer.ask("GET", "/p2p/info", "").statusCode() == 200);
    peer.post("/schema", SDL);
    return peer;
  }

  private Peer ours(String name, Peer... others) throws Exception {
    List<String> addresses = new ArrayList<>();
    for (Peer other : others) {
      addresses.add(other.address());
    }
    DefraNode node = DefraNode.start(TestNodes.networked(root.resolve(name), addresses));
    nodes.add(node);
    var peer = new Peer(node.httpAddress().getPort());
    peer.post("/schema", SDL);
    return peer;
  }

  private static void awaitEqual(Peer one, Peer other) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(one.users()).isEqualTo(other.users());
              assertThat(one.commits()).isEqualTo(other.commits());
            });
  }

  @Test
  void givenConcurrentEditsAndCounters_whenReplicatedBothWays_thenValuesAndCidsAreEqual()
      throws Exception {
    Peer reference = reference();
    Peer ours = ours("ours");
    ours.replicateTo(reference);
    reference.replicateTo(ours);
    String docId = ours.create("{name:\"x\",n:1,points:10}");
    awaitEqual(ours, reference);
    for (int i = 0; i < 5; i++) {
      ours.update(docId, "{n:" + i + ",points:1}");
      reference.update(docId, "{n:" + (100 + i) + ",points:2}");
    }
    awaitEqual(ours, reference);
    assertThat(ours.users()).singleElement().asString().contains("\"points\":25");
  }

  @Test
  void givenThreeNodesInALine_whenOneEndWrites_thenTheOtherReads() throws Exception {
    Peer first = ours("first");
    Peer middle = reference(first);
    Peer last = ours("last", middle);
    for (Peer peer : List.of(first, middle, last)) {
      peer.post("/p2p/collections", "[\"User\"]");
    }
    String docId = first.create("{name:\"x\",n:0}");
    int[] n = {0};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              first.update(docId, "{n:" + ++n[0] + "}"); // gossip is best effort
              return !last.users().isEmpty();
            });
    first.update(docId, "{n:" + ++n[0] + "}");
    awaitEqual(first, last);
  }

  @Test
  void givenALateJoiner_whenItSyncsADocument_thenItHasItsWholeHistory() throws Exception {
    Peer reference = reference();
    String docId = reference.create("{name:\"x\",n:1}");
    for (int i = 2; i < 20; i++) {
      reference.update(docId, "{n:" + i + "}");
    }
    Peer ours = ours("ours", reference);
    String request = "{\"collectionName\":\"User\",\"docIDs\":[\"%s\"],\"timeout\":\"20s\"}";
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ours.ask("POST", "/p2p/documents/sync", request.formatted(docId)).statusCode()
                    == 200);
    awaitEqual(ours, reference);
  }

  @Test
  void givenAnEncryptedDocument_whenTheReferenceHasNoKeyService_thenOthersStillArrive()
      throws Exception {
    Peer reference = reference();
    Peer ours = ours("ours");
    ours.replicateTo(reference);
    ours.graphql("mutation{create_User(encrypt:true,input:{name:\"secret\"}){_docID}}");
    ours.create("{name:\"open\"}");
    await().atMost(PATIENCE).until(() -> reference.users().toString().contains("open"));
    assertThat(reference.users().toString()).doesNotContain("secret");

    reference.replicateTo(ours);
    reference.graphql("mutation{create_User(encrypt:true,input:{name:\"hidden\"}){_docID}}");
    reference.create("{name:\"shown\"}");
    await().atMost(PATIENCE).until(() -> ours.users().toString().contains("shown"));
    assertThat(ours.users().toString()).doesNotContain("hidden");
  }
}
