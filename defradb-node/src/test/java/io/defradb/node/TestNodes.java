package io.defradb.node;

import io.defradb.crypto.KeyType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations of nodes for tests, and a way to ask them. */
final class TestNodes {
  static final String SECRET = "test secret";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private TestNodes() {}

  static NodeConfig inMemory(Path root) {
    return config(root, true, null, 0);
  }

  static NodeConfig onDisk(Path root) {
    return config(root, false, new NodeConfig.KeyringFolder(root.resolve("keys"), SECRET), 0);
  }

  static NodeConfig config(
      Path root, boolean isInMemory, NodeConfig.@Nullable KeyringFolder keyring, int port) {
    return new NodeConfig(
        root,
        new NodeConfig.Api("127.0.0.1", port, List.of("https://a.example"), null, true),
        new NodeConfig.Store(
            isInMemory, root.resolve("data"), keyring != null, NodeConfig.Durability.OS),
        new NodeConfig.Keys(keyring, true, KeyType.SECP256K1),
        new NodeConfig.Net(
            false, List.of(), List.of(), false, false, false, List.of(Duration.ofSeconds(1))),
        new NodeConfig.Acp(false, "none", null),
        5,
        true,
        null);
  }

  /** The same as {@link #networked(Path, List)} at ports of its own. */
  static NodeConfig networked(Path root, int httpPort, int p2pPort, List<String> peers) {
    NodeConfig other = networked(root, peers);
    NodeConfig.Net net = other.net();
    return new NodeConfig(
        root,
        new NodeConfig.Api("127.0.0.1", httpPort, List.of(), null, true),
        other.store(),
        other.keys(),
        new NodeConfig.Net(
            true,
            List.of("/ip4/127.0.0.1/tcp/" + p2pPort),
            peers,
            net.hasPubSub(),
            net.hasRelay(),
            net.hasKeyExchange(),
            net.retryIntervals()),
        other.acp(),
        5,
        true,
        null);
  }

  /** With a network, at any free port. */
  static NodeConfig networked(Path root, List<String> peers) {
    NodeConfig alone = onDisk(root);
    return new NodeConfig(
        root,
        alone.api(),
        alone.store(),
        alone.keys(),
        new NodeConfig.Net(
            true,
            List.of("/ip4/127.0.0.1/tcp/0"),
            peers,
            true,
            false,
            true,
            List.of(Duration.ofSeconds(1))),
        alone.acp(),
        5,
        true,
        null);
  }

  /** Without topics. */
  static NodeConfig withoutPubSub(Path root, List<String> peers) {
    NodeConfig other = networked(root, peers);
    NodeConfig.Net net = other.net();
    return new NodeConfig(
        root,
        other.api(),
        other.store(),
        other.keys(),
        new NodeConfig.Net(true, net.addresses(), peers, false, false, true, net.retryIntervals()),
        other.acp(),
        5,
        true,
        null);
  }

  /** The same with access control of documents. */
  static NodeConfig protecting(NodeConfig open) {
    return new NodeConfig(
        open.rootDirectory(),
        open.api(),
        open.store(),
        open.keys(),
        open.net(),
        new NodeConfig.Acp(false, "local", null),
        5,
        true,
        null);
  }

  static NodeConfig withoutConsole(Path root) {
    NodeConfig other = inMemory(root);
    return new NodeConfig(
        root,
        new NodeConfig.Api("127.0.0.1", 0, List.of(), null, false),
        other.store(),
        other.keys(),
        other.net(),
        other.acp(),
        5,
        true,
        null);
  }

  /** What a browser gets at the root. */
  static String page(DefraNode node) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + "/");
    return CLIENT
        .send(
            HttpRequest.newBuilder(uri).header("Accept", "text/html,*/*;q=0.8").build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  static HttpResponse<String> ask(DefraNode node, String method, String path, String body)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + path);
    return CLIENT.send(
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The answer's body, asked in a transaction. {@code request}: without quotes. */
  static String graphqlIn(DefraNode node, String transaction, String request)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + "/api/v0/graphql");
    return CLIENT
        .send(
            HttpRequest.newBuilder(uri)
                .header("x-defradb-tx", transaction)
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + request + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .strip();
  }

  /** The answer's body. {@code request}: without quotes. */
  static String graphql(DefraNode node, String request) throws IOException, InterruptedException {
    return ask(node, "POST", "/api/v0/graphql", "{\"query\":\"" + request + "\"}").body().strip();
  }
}
