package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.jspecify.annotations.Nullable;

/** Nodes of this project and the reference's, given as {@code -Dreference=<path>}. */
final class MixedFleet implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SDL =
      "type User {name: String n: Int points: Int @crdt(type: pncounter)}";

  private final Path root;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Peer> peers = new ArrayList<>();

  /** {@code root}: folder of all stores. The test is skipped without the reference's program. */
  MixedFleet(Path root) {
    assumeTrue(!System.getProperty("reference", "").isEmpty(), "no -Dreference=<program>");
    this.root = root;
  }

  /** A reference node that is started with others as its peers. */
  Peer reference(Peer... others) throws Exception {
    return started(new Peer(true, addresses(others)));
  }

  /** A node of ours that is started with others as its peers. */
  Peer ours(Peer... others) throws Exception {
    return started(new Peer(false, addresses(others)));
  }

  /** A node of the kind that is meant by {@code isReference}. */
  Peer node(boolean isReference, Peer... others) throws Exception {
    return isReference ? reference(others) : ours(others);
  }

  private Peer started(Peer peer) throws Exception {
    peers.add(peer);
    peer.start();
    peer.post("/schema", SDL);
    return peer;
  }

  private static List<String> addresses(Peer... others) {
    List<String> addresses = new ArrayList<>();
    for (Peer other : others) {
      addresses.add(other.address());
    }
    return addresses;
  }

  static void awaitEqual(Peer one, Peer other) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(one.users()).isEqualTo(other.users());
              assertThat(one.commits()).isEqualTo(other.commits());
            });
  }

  @Override
  public void close() throws InterruptedException {
    for (Peer peer : peers) {
      peer.stop();
    }
  }

  /** A node of either kind, on disk and with keys, so that it can be started again. */
  final class Peer {
    private final boolean isReference;
    private final List<String> others;
    private final Path folder;
    private final int httpPort;
    private final int p2pPort;
    private @Nullable Process process;
    private @Nullable DefraNode node;

    private Peer(boolean isReference, List<String> others) throws IOException {
      this.isReference = isReference;
      this.others = others;
      this.httpPort = FreePorts.next();
      this.p2pPort = FreePorts.next();
      this.folder = root.resolve((isReference ? "reference" : "ours") + httpPort);
    }

    /** With the store and addresses that it had. */
    void start() throws Exception {
      if (isReference) {
        startProgram();
      } else {
        node = DefraNode.start(TestNodes.networked(folder, httpPort, p2pPort, others));
      }
    }

    private void startProgram() throws IOException {
      var command = new ArrayList<>(List.of(System.getProperty("reference"), "start"));
      command.addAll(List.of("--url", "127.0.0.1:" + httpPort));
      command.addAll(List.of("--rootdir", folder.toString()));
      command.addAll(List.of("--p2paddr", "/ip4/127.0.0.1/tcp/" + p2pPort));
      command.addAll(List.of("--replicator-retry-intervals", "1,1,1,1,1,1,1,1,1,1"));
      others.forEach(other -> command.addAll(List.of("--peers", other)));
      var program = new ProcessBuilder(command).redirectErrorStream(true);
      program.environment().put("DEFRA_KEYRING_SECRET", "secret");
      process = program.redirectOutput(root.resolve("log" + httpPort).toFile()).start();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> ask("GET", "/p2p/info", "").statusCode() == 200);
    }

    /** The reference as by a crash, ours by closing it. */
    void stop() throws InterruptedException {
      if (process != null) {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
        process = null;
      }
      if (node != null) {
        node.close();
        node = null;
      }
    }

    HttpResponse<String> ask(String method, String path, String body) {
      try {
        var request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/api/v0" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (InterruptedException stop) {
        throw new IllegalStateException(stop);
      }
    }

    void send(String method, String path, String body) {
      var answer = ask(method, path, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    void post(String path, String body) {
      send("POST", path, body);
    }

    private JsonNode json(String body) {
      try {
        return JSON.readTree(body);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    JsonNode graphql(String query) {
      String body = JSON.createObjectNode().put("query", query).toString();
      JsonNode answer = json(ask("POST", "/graphql", body).body());
      assertThat(answer.has("errors")).as(answer.toString()).isFalse();
      return answer.get("data");
    }

    /** The ID of the first of what is created. */
    String create(String input) {
      return graphql("mutation{create_User(input:" + input + "){_docID}}")
          .at("/create_User/0/_docID")
          .asText();
    }

    void update(String docId, String input) {
      change("update_User(docID:\"" + docId + "\",input:" + input + "){_docID}");
    }

    void delete(String docId) {
      change("delete_User(docID:\"" + docId + "\"){_docID}");
    }

    /** Again when a merge came between: the reference says so and changes nothing. */
    private void change(String mutation) {
      String body = JSON.createObjectNode().put("query", "mutation{" + mutation + "}").toString();
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
      post("/p2p/replicators", replicator(target));
    }

    void replicateNoMoreTo(Peer target) {
      send("DELETE", "/p2p/replicators", replicator(target));
    }

    private String replicator(Peer target) {
      return "{\"Info\":" + target.info() + ",\"Collections\":[\"User\"]}";
    }

    int count() {
      return graphql("query{_count(User:{})}").get("_count").asInt();
    }

    /** Deleted ones too. */
    Set<String> users() {
      String fields = "{_docID _deleted name n points}";
      return values(graphql("query{User(showDeleted:true)" + fields + "}").get("User"));
    }

    Set<String> commits() {
      return values(graphql("query{commits{cid signature{type identity value}}}").get("commits"));
    }

    private Set<String> values(JsonNode rows) {
      Set<String> values = new TreeSet<>();
      rows.forEach(row -> values.add(row.toString()));
      return values;
    }
  }
}
