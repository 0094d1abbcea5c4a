package io.defradb.quickstart.server;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * How node, broker and worker are started: their commands, and their settings as files in the run's
 * folder.
 */
public final class Servers {
  private static final Duration BROKER_WAIT = Duration.ofSeconds(120);
  private static final Duration NODE_WAIT = Duration.ofSeconds(60);
  private static final Duration WORKER_WAIT = Duration.ofSeconds(240);
  private static final int CONNECT_MILLIS_MAX = 200;

  private final ServerSettings settings;
  private final List<String> javaOptions;

  public Servers(ServerSettings settings) {
    this(settings, List.of());
  }

  /** {@code javaOptions}: of the broker's and the worker's machine, besides their own. */
  public Servers(ServerSettings settings, List<String> javaOptions) {
    this.settings = settings;
    this.javaOptions = javaOptions;
  }

  /** Each port must be free before anything is started: a taken one is the commonest fault. */
  public void requireFreePorts() {
    Map<Integer, String> ports = new LinkedHashMap<>();
    int count = 3;
    for (NodePlace node : settings.nodes()) {
      ports.put(node.port(), "the " + node.name() + " (--node-port)");
      count++;
      if (node.p2pPort() != 0) {
        ports.put(node.p2pPort(), "the peers of the " + node.name() + " (--p2p-port)");
        count++;
      }
    }
    ports.put(settings.kafkaPort(), "the Kafka broker (--kafka-port)");
    ports.put(settings.controllerPort(), "the Kafka controller (the port after --kafka-port)");
    ports.put(settings.connectPort(), "the Connect worker (--connect-port)");
    if (ports.size() < count) {
      throw new QuickstartFailure("Two servers cannot share a port: choose other ports.");
    }
    ports.forEach(
        (port, user) -> {
          try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          } catch (IOException e) {
            throw new QuickstartFailure(
                "Port "
                    + port
                    + " for "
                    + user
                    + " is taken: stop what uses it, or choose another.",
                e);
          }
        });
  }

  /** The first node. {@code options}: more flags of {@code defradb start}. */
  public ManagedProcess node(String... options) {
    return node(settings.entry(), settings.hasPeers(), options);
  }

  /** {@code isConnected}: whether other nodes can reach it. */
  public ManagedProcess node(NodePlace node, boolean isConnected, String... options) {
    List<String> command = new ArrayList<>();
    command.add(settings.home().resolve("bin/defradb").toString());
    command.addAll(List.of("start", "--url", node.address(), "--rootdir"));
    command.add(settings.folder().resolve(node.name()).toString());
    if (isConnected) {
      command.addAll(List.of("--p2paddr", "/ip4/127.0.0.1/tcp/" + node.p2pPort()));
    } else {
      command.add("--no-p2p");
    }
    command.addAll(List.of(options));
    return new ManagedProcess(
        node.name(), settings.folder(), command, Map.of("DEFRA_KEYRING_SECRET", "quickstart"));
  }

  public void startNode(ManagedProcess node) throws InterruptedException {
    startNode(node, settings.entry());
  }

  public void startNode(ManagedProcess process, NodePlace node) throws InterruptedException {
    var client = new DefraClient(ClientSettings.anonymous(node.url()));
    process.start(NODE_WAIT, client::isHealthy);
  }

  /** Formats the broker's folder once; a resumed run finds it formatted. */
  public void formatBroker() throws InterruptedException {
    Path data = settings.folder().resolve("kafka");
    if (Files.isRegularFile(data.resolve("meta.properties"))) {
      return;
    }
    Path file = brokerSettings();
    List<String> command = java(List.of("-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            "ZGVmcmFkYi1xdWlja3N0YQ",
            "--config",
            file.toString()));
    try {
      Process format =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(settings.folder().resolve("kafka-format.log").toFile())
              .start();
      try {
        if (format.waitFor() != 0) {
          throw new QuickstartFailure(
              "The broker's folder cannot be prepared: see "
                  + settings.folder().resolve("kafka-format.log"));
        }
      } finally {
        format.destroy();
      }
    } catch (IOException e) {
      throw new QuickstartFailure("The broker's folder cannot be prepared: " + e.getMessage(), e);
    }
  }

  public ManagedProcess broker() {
    List<String> command = java(List.of("-Xmx320m", "-XX:+UseSerialGC"));
    command.addAll(List.of("kafka.Kafka", brokerSettings().toString()));
    return new ManagedProcess("kafka", settings.folder(), command, Map.of());
  }

  public void startBroker(ManagedProcess broker) throws InterruptedException {
    broker.start(BROKER_WAIT, () -> isListening(settings.kafkaPort()));
  }

  public ManagedProcess worker() {
    List<String> command = java(List.of("-Xmx448m", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("org.apache.kafka.connect.cli.ConnectDistributed", workerSettings().toString()));
    return new ManagedProcess("connect", settings.folder(), command, Map.of());
  }

  public void startWorker(ManagedProcess worker, ConnectApi api) throws InterruptedException {
    worker.start(WORKER_WAIT, api::isReady);
  }

  private Path brokerSettings() {
    Properties broker = read("config/kafka/broker.properties");
    String plain = "PLAINTEXT://" + settings.kafkaAddress();
    String controller = "127.0.0.1:" + settings.controllerPort();
    broker.setProperty("listeners", plain + ",CONTROLLER://" + controller);
    broker.setProperty("advertised.listeners", plain);
    broker.setProperty("controller.quorum.voters", "1@" + controller);
    broker.setProperty("log.dirs", settings.folder().resolve("kafka").toString());
    return write("broker.properties", broker);
  }

  private Path workerSettings() {
    Properties worker = read("config/connect/worker.properties");
    worker.setProperty("bootstrap.servers", settings.kafkaAddress());
    worker.setProperty("listeners", settings.connectUrl());
    worker.setProperty(
        "plugin.path",
        settings.home().resolve("connect-source/target/plugin")
            + ","
            + settings.home().resolve("connect-sink/target/plugin"));
    return write("worker.properties", worker);
  }

  private List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(javaOptions);
    command.add(
        "-Dlogback.configurationFile=" + settings.home().resolve("config/kafka/logback.xml"));
    command.add("-cp");
    command.add(settings.home().resolve("quickstart-app/target/kafka") + "/*");
    return command;
  }

  private Properties read(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(settings.home().resolve(file))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new QuickstartFailure("The file " + file + " cannot be read: " + e.getMessage(), e);
    }
    return properties;
  }

  private Path write(String name, Properties properties) {
    Path file = settings.folder().resolve(name);
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new QuickstartFailure("The file " + file + " cannot be written: " + e.getMessage(), e);
    }
    return file;
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS_MAX);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
