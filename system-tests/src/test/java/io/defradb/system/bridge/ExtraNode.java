package io.defradb.system.bridge;

import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeAccess;
import io.defradb.client.settings.NodeSetting;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.NodePlace;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import io.defradb.testing.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A node beside the house's own, for a test that changes, stops or secures one. */
final class ExtraNode implements AutoCloseable {
  private static final Duration START_WAIT = Duration.ofMinutes(3);

  private final Servers servers;
  private final NodePlace place;
  private final String[] options;
  private final Map<NodeSetting, String> access;
  private ManagedProcess process;

  private ExtraNode(House house, Map<NodeSetting, String> access, boolean isPeer, String... options)
      throws Exception {
    Path folder = Files.createTempDirectory(house.settings.folder(), "extra");
    int port = FreePorts.next();
    servers = new Servers(new ServerSettings(house.settings.home(), folder, port, 0, 0));
    place = new NodePlace("node", port, isPeer ? FreePorts.next() : 0);
    this.options = options;
    this.access = access;
  }

  /** {@code access}: how tests ask it; its address is known by itself. */
  static ExtraNode start(House house, Map<NodeSetting, String> access, String... options)
      throws Exception {
    var node = new ExtraNode(house, access, false, options);
    node.start();
    return node;
  }

  /** One that other nodes can reach. */
  static ExtraNode startPeer(House house) throws Exception {
    var node = new ExtraNode(house, Map.of(), true);
    node.start();
    return node;
  }

  void start() throws Exception {
    process = servers.node(place, place.p2pPort() != 0, options);
    process.start(START_WAIT, client()::isHealthy);
  }

  void kill() throws Exception {
    process.kill();
  }

  String url() {
    return access.containsKey(NodeSetting.TRUSTED)
        ? "https://localhost:" + place.port()
        : place.url();
  }

  DefraClient client() {
    return client(access);
  }

  /** Asks as somebody else. */
  DefraClient client(Map<NodeSetting, String> asking) {
    return NodeAccess.of(
            setting ->
                setting == NodeSetting.URL
                    ? url()
                    : asking.getOrDefault(setting, setting.initial()))
        .client(InstantSource.system());
  }

  @Override
  public void close() {
    process.close();
  }
}
