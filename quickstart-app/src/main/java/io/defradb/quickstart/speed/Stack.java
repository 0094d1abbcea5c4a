package io.defradb.quickstart.speed;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.quickstart.server.ConnectApi;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import java.util.LinkedHashMap;
import java.util.Map;

/** Broker, worker and node, started; the doors to them. */
final class Stack implements AutoCloseable {
  private final ServerSettings settings;
  private final ConnectApi connect;
  private final DefraClient node;
  private final Map<String, ManagedProcess> processes = new LinkedHashMap<>();

  Stack(ServerSettings settings) {
    this.settings = settings;
    this.connect = new ConnectApi(settings.connectUrl());
    this.node = new DefraClient(ClientSettings.anonymous(settings.nodeUrl()));
  }

  void start(String... nodeOptions) throws InterruptedException {
    var servers = new Servers(settings);
    servers.requireFreePorts();
    processes.put("node", servers.node(nodeOptions));
    servers.startNode(process("node"));
    servers.formatBroker();
    processes.put("broker", servers.broker());
    servers.startBroker(process("broker"));
    processes.put("worker", servers.worker());
    servers.startWorker(process("worker"), connect);
    node.addSchema(Records.SDL);
  }

  private ManagedProcess process(String name) {
    return java.util.Objects.requireNonNull(processes.get(name));
  }

  ServerSettings settings() {
    return settings;
  }

  ConnectApi connect() {
    return connect;
  }

  DefraClient node() {
    return node;
  }

  /** Of those whose memory is ours to answer for. */
  MemoryMeter memory() {
    Map<String, ManagedProcess> measured = new LinkedHashMap<>(processes);
    measured.remove("broker");
    return new MemoryMeter(measured);
  }

  CpuMeter cpu() {
    return new CpuMeter(processes);
  }

  @Override
  public void close() {
    for (String name : new String[] {"worker", "broker", "node"}) {
      ManagedProcess process = processes.get(name);
      if (process != null) {
        process.close();
      }
    }
  }
}
