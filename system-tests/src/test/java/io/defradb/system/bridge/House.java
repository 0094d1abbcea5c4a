package io.defradb.system.bridge;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.quickstart.server.ConnectApi;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import io.defradb.testing.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The servers that all tests of this package share. Started with the first test, stopped when the
 * JVM ends.
 */
final class House {
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** They live for minutes: what the second compiler would gain, it would take first. */
  private static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1");

  private static House instance;

  final ServerSettings settings;
  final ConnectApi connect;
  final DefraClient node;
  private final Servers servers;
  private ManagedProcess nodeProcess;
  private ManagedProcess brokerProcess;
  private ManagedProcess workerProcess;

  private House(ServerSettings settings) {
    this.settings = settings;
    this.servers = new Servers(settings, BRIEF);
    this.connect = new ConnectApi(settings.connectUrl());
    this.node = new DefraClient(ClientSettings.anonymous(settings.nodeUrl()));
  }

  static synchronized House open() throws Exception {
    if (instance == null) {
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "house");
      Path home = Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();
      int node = FreePorts.next();
      int broker = FreePorts.consecutive(2); // its controller listens on the next
      int worker = FreePorts.next();
      House house = new House(new ServerSettings(home, folder, node, broker, worker));
      Runtime.getRuntime().addShutdownHook(new Thread(house::stop));
      house.startNode();
      house.servers.formatBroker();
      house.startBroker();
      house.startWorker();
      instance = house;
    }
    return instance;
  }

  /** A name that no other test has used: for a collection, a topic, a connector. */
  static String fresh(String prefix) {
    return prefix + NAMES.incrementAndGet();
  }

  void startNode() throws Exception {
    nodeProcess = servers.node("--development");
    servers.startNode(nodeProcess);
  }

  void startBroker() throws Exception {
    brokerProcess = servers.broker();
    servers.startBroker(brokerProcess);
  }

  void startWorker() throws Exception {
    workerProcess = servers.worker();
    servers.startWorker(workerProcess, connect);
  }

  void killNode() throws Exception {
    nodeProcess.kill();
  }

  void killBroker() throws Exception {
    brokerProcess.kill();
  }

  void killWorker() throws Exception {
    workerProcess.kill();
  }

  /** A sink of {@code topic} into {@code collection} with small retries; {@code more} wins. */
  String addSink(String topic, String collection, Map<String, String> more) throws Exception {
    String name = fresh("sink");
    Map<String, String> config = new HashMap<>(sinkSettings(topic, collection));
    config.putAll(more);
    connect.put(name, config);
    return name;
  }

  Map<String, String> sinkSettings(String topic, String collection) {
    return Map.of(
        "connector.class", "io.defradb.connect.sink.DefraSinkConnector",
        "tasks.max", "1",
        "topics", topic,
        "defradb.url", settings.nodeUrl(),
        "collection.name.format", collection,
        "delete.enabled", "true",
        "primary.key.fields", "id",
        "flush.retry.delay.ms", "100",
        "flush.max.retries", "1000",
        "consumer.override.auto.offset.reset", "earliest");
  }

  /** A source of {@code collection} with topic {@code <name>.<collection>}; {@code more} wins. */
  String addSource(String collection, Map<String, String> more) throws Exception {
    String name = fresh("source");
    Map<String, String> config =
        new HashMap<>(
            Map.of(
                "connector.class", "io.defradb.connect.source.DefraSourceConnector",
                "tasks.max", "1",
                "defradb.url", settings.nodeUrl(),
                "topic.prefix", name,
                "collection.include.list", collection,
                "tombstones.on.delete", "false",
                "exactly.once.support", "required",
                "topic.creation.default.partitions", "1",
                "topic.creation.default.replication.factor", "1"));
    config.putAll(more);
    connect.put(name, config);
    return name;
  }

  private void stop() {
    for (ManagedProcess process :
        new ManagedProcess[] {workerProcess, brokerProcess, nodeProcess}) {
      if (process != null) {
        process.close();
      }
    }
  }
}
