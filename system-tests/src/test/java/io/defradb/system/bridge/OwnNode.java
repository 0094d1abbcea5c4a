package io.defradb.system.bridge;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.NodePlace;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import io.defradb.testing.FreePorts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A node that one test has to itself, beside the shared one. */
final class OwnNode implements AutoCloseable {
  private static final Duration START_WAIT = Duration.ofMinutes(3);

  final String url;
  final DefraClient client;
  private final ManagedProcess process;
  private final Path identity;

  private OwnNode(String url, DefraClient client, ManagedProcess process, Path identity) {
    this.url = url;
    this.client = client;
    this.process = process;
    this.identity = identity;
  }

  /** Reachable by other nodes. {@code flags}: of {@code defradb start}. */
  static OwnNode start(House house, String... flags) throws Exception {
    NodePlace place = place();
    var client = new DefraClient(ClientSettings.anonymous(place.url()));
    return start(house, place, place.url(), client, flags);
  }

  static NodePlace place() throws Exception {
    return new NodePlace(House.fresh("own"), FreePorts.next(), FreePorts.next());
  }

  /** {@code client}: how the test itself asks it. */
  static OwnNode start(
      House house, NodePlace place, String url, DefraClient client, String... flags)
      throws Exception {
    ServerSettings shared = house.settings;
    ManagedProcess process = new Servers(shared).node(place, true, flags);
    process.start(START_WAIT, client::isHealthy);
    return new OwnNode(url, client, process, shared.folder().resolve(place.name() + ".pid"));
  }

  /** Pushes a collection's commits to another node from now on, and what it has first. */
  void replicateTo(OwnNode other, String collection) throws InterruptedException {
    String info = other.client.call("GET", "/p2p/info", null).toString();
    String body = "{\"Info\":" + info + ",\"Collections\":[\"" + collection + "\"]}";
    client.call("POST", "/p2p/replicators", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Documents of a collection by a request's fields. */
  com.fasterxml.jackson.databind.JsonNode documents(String collection, String fields)
      throws InterruptedException {
    return client.graphql("{ " + collection + " { " + fields + " } }", Map.of()).path(collection);
  }

  /** It neither answers nor ends, as on a machine that hangs. */
  void freeze() throws Exception {
    signal("-STOP");
  }

  void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    String pid = Files.readString(identity).strip().split(" ")[0];
    int status = new ProcessBuilder("kill", signal, pid).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill " + signal + " " + pid + " answered " + status);
    }
  }

  void stop() {
    process.close();
  }

  void startAgain() throws Exception {
    process.start(START_WAIT, client::isHealthy);
  }

  @Override
  public void close() {
    process.close();
  }
}
