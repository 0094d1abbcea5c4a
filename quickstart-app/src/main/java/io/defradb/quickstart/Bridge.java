package io.defradb.quickstart;

import io.defradb.quickstart.server.ConnectApi;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.QuickstartFailure;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Node, broker, worker and both connectors, running. */
final class Bridge implements AutoCloseable {
  private static final Duration CONNECTOR_WAIT = Duration.ofSeconds(120);

  private final ServerSettings settings;
  private final Terminal terminal;
  private final Servers servers;
  private final NodeApi nodeApi;
  private final ConnectApi connectApi;
  private @Nullable ManagedProcess node;
  private @Nullable ManagedProcess broker;
  private @Nullable ManagedProcess worker;

  Bridge(ServerSettings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
    this.servers = new Servers(settings);
    this.nodeApi = new NodeApi(settings.nodeUrl());
    this.connectApi = new ConnectApi(settings.connectUrl());
  }

  NodeApi node() {
    return nodeApi;
  }

  void start() throws InterruptedException {
    startNode();
    startBroker();
    startWorker();
    nodeApi.addSchema(settings.home().resolve("config/airports.graphql"));
    startConnectors();
  }

  /** The worker goes down hard and comes back; its connectors resume by themselves. */
  void restartWorker() throws InterruptedException {
    requireStarted(worker).kill();
    startWorker();
    awaitConnectors();
  }

  /** kill -9 for the node: what it acknowledged must be there when it is back. */
  void restartNode() throws InterruptedException {
    requireStarted(node).kill();
    startNode();
  }

  /** Fails when a server has ended by itself. */
  void requireAlive() {
    for (var server :
        new ManagedProcess[] {
          requireStarted(node), requireStarted(broker), requireStarted(worker)
        }) {
      if (!server.isAlive()) {
        throw new QuickstartFailure("A server has ended: see " + server.log());
      }
    }
  }

  private void startNode() throws InterruptedException {
    long began = System.nanoTime();
    node = servers.node();
    servers.startNode(node);
    said("node", settings.nodeUrl(), began);
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
    Map<String, String> node = Map.of("defradb.url", settings.nodeUrl());
    connectApi.put(files.resolve("airports-sink.json"), node);
    connectApi.put(files.resolve("airports-source.json"), node);
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

  private static ManagedProcess requireStarted(@Nullable ManagedProcess process) {
    if (process == null) {
      throw new QuickstartFailure("The servers are not started");
    }
    return process;
  }

  /** Worker first, then broker and node, so that nothing waits for what is gone. */
  @Override
  public void close() {
    for (ManagedProcess process : new ManagedProcess[] {worker, broker, node}) {
      if (process != null) {
        process.close();
      }
    }
  }
}
