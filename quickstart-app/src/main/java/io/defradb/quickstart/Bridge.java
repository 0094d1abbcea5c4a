package io.defradb.quickstart;

import io.defradb.quickstart.server.ConnectApi;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.QuickstartFailure;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Node, broker, worker and both connectors, running. Of several nodes the sink writes to the first
 * edge, every edge replicates to the hub, and the source reads the hub. Several edges hear of each
 * other from the hub, and from nobody else: while it is away, each is alone.
 */
final class Bridge implements AutoCloseable {
  private static final Duration CONNECTOR_WAIT = Duration.ofSeconds(120);

  private final ServerSettings settings;
  private final Terminal terminal;
  private final Servers servers;
  private final List<BridgeNode> nodes;
  private final Map<String, String> sourceSettings;
  private final ConnectApi connectApi;
  private @Nullable ManagedProcess broker;
  private @Nullable ManagedProcess worker;

  /** {@code sourceSettings}: what the source connector gets beyond its file. */
  Bridge(ServerSettings settings, Terminal terminal, Map<String, String> sourceSettings) {
    this.sourceSettings = Map.copyOf(sourceSettings);
    this.settings = settings;
    this.terminal = terminal;
    this.servers = new Servers(settings);
    this.nodes = settings.nodes().stream().map(node -> new BridgeNode(node, servers)).toList();
    this.connectApi = new ConnectApi(settings.connectUrl());
  }

  /** The node that records enter. */
  NodeApi entry() {
    return nodes.get(0).api();
  }

  /** The node that events leave. */
  NodeApi exit() {
    return lastNode().api();
  }

  /** Every node, those that replicate to the last one before it. */
  List<BridgeNode> nodes() {
    return nodes;
  }

  private BridgeNode lastNode() {
    return nodes.get(nodes.size() - 1);
  }

  void start() throws InterruptedException {
    for (BridgeNode node : nodes) {
      start(node, settings.hasPeers());
    }
    startBroker();
    startWorker();
    for (BridgeNode node : nodes) {
      node.api().addSchema(settings.home().resolve("config/airports.graphql"));
    }
    replicate();
    startConnectors();
  }

  private void replicate() throws InterruptedException {
    for (BridgeNode edge : nodes.subList(0, settings.edges())) {
      edge.api().replicateTo(exit());
      if (settings.edges() > 1) {
        exit().replicateTo(edge.api());
      }
    }
  }

  /** The worker goes down hard and comes back; its connectors resume by themselves. */
  void restartWorker() throws InterruptedException {
    started(worker).kill();
    startWorker();
    awaitConnectors();
  }

  /** kill -9 for the node that records enter: what it acknowledged must be there again. */
  void restartEntry() throws InterruptedException {
    nodes.get(0).kill();
    start(nodes.get(0), settings.hasPeers());
  }

  /**
   * kill -9 for the node that events leave; it comes back with its network or without, alive either
   * way.
   */
  void restartExit(boolean isConnected) throws InterruptedException {
    lastNode().kill();
    start(lastNode(), isConnected);
  }

  /** Every node learns a new field of the airports. */
  void addField(String name, String kind) throws InterruptedException {
    for (BridgeNode node : nodes) {
      node.api().addField(name, kind);
    }
  }

  /** Fails when a server has ended by itself. */
  void requireAlive() {
    List<ManagedProcess> servers = new ArrayList<>(List.of(started(broker), started(worker)));
    nodes.forEach(node -> servers.add(node.started()));
    for (ManagedProcess server : servers) {
      if (!server.isAlive()) {
        throw new QuickstartFailure("A server has ended: see " + server.log());
      }
    }
  }

  private void start(BridgeNode node, boolean isConnected) throws InterruptedException {
    long began = System.nanoTime();
    node.start(isConnected);
    boolean isAlone = settings.hasPeers() && !isConnected;
    said(node.place().name() + (isAlone ? ", cut off" : ""), node.place().url(), began);
  }

  private void startBroker() throws InterruptedException {
    long began = System.nanoTime();
    servers.formatBroker();
    broker = servers.broker();
    servers.startBroker(broker);
    said("Kafka broker", settings.kafkaAddress(), began);
  }

  private void startWorker() throws InterruptedException {
    long began = System.nanoTime();
    worker = servers.worker();
    servers.startWorker(worker, connectApi);
    said("Connect worker", settings.connectUrl(), began);
  }

  private void startConnectors() throws InterruptedException {
    Path files = settings.home().resolve("config/connect");
    connectApi.put(
        files.resolve("airports-sink.json"), Map.of("defradb.url", settings.entry().url()));
    Map<String, String> source = new HashMap<>(sourceSettings);
    source.put("defradb.url", settings.exit().url());
    connectApi.put(files.resolve("airports-source.json"), source);
    awaitConnectors();
  }

  private void awaitConnectors() throws InterruptedException {
    long began = System.nanoTime();
    long end = began + CONNECTOR_WAIT.toNanos();
    while (!connectApi.isRunning(Names.SINK) || !connectApi.isRunning(Names.SOURCE)) {
      if (System.nanoTime() > end) {
        throw new QuickstartFailure(
            "The connectors do not run after "
                + CONNECTOR_WAIT.toSeconds()
                + " s: see connect.log in "
                + settings.folder());
      }
      Thread.sleep(100);
    }
    said("both connectors", Names.SINK + ", " + Names.SOURCE, began);
  }

  private void said(String server, String address, long began) {
    terminal.line("  %-16s %-40s up in %.1f s", server, address, (System.nanoTime() - began) / 1e9);
  }

  private static ManagedProcess started(@Nullable ManagedProcess process) {
    if (process == null) {
      throw new QuickstartFailure("The servers are not started");
    }
    return process;
  }

  /** Worker first, then broker and nodes, so that nothing waits for what is gone. */
  @Override
  public void close() {
    for (ManagedProcess process : new ManagedProcess[] {worker, broker}) {
      if (process != null) {
        process.close();
      }
    }
    nodes.forEach(BridgeNode::close);
  }
}
