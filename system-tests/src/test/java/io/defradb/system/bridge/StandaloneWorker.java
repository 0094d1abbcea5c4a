package io.defradb.system.bridge;

import io.defradb.quickstart.server.ConnectApi;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.testing.FreePorts;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A worker of its own beside the house's, plugins found by their services alone. */
final class StandaloneWorker implements AutoCloseable {
  private static final Duration START_WAIT = Duration.ofMinutes(3);

  private final ManagedProcess process;
  private final ConnectApi connect;

  private StandaloneWorker(ManagedProcess process, ConnectApi connect) {
    this.process = process;
    this.connect = connect;
  }

  /**
   * @param classPath the folder of a release's jars, in the checkout
   * @param options of its JVM
   */
  static StandaloneWorker start(House house, Path folder, String classPath, String... options)
      throws Exception {
    return start(house, folder, classPath, List.of(), options);
  }

  /**
   * @param plugins more folders of plugins; those of others have no services
   */
  static StandaloneWorker start(
      House house, Path folder, String classPath, List<Path> plugins, String... options)
      throws Exception {
    Path home = house.settings.home();
    int port = FreePorts.next();
    Properties settings = new Properties();
    settings.setProperty("bootstrap.servers", house.settings.kafkaAddress());
    settings.setProperty("listeners", "http://127.0.0.1:" + port);
    settings.setProperty("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.setProperty("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.setProperty("key.converter.schemas.enable", "false");
    settings.setProperty("value.converter.schemas.enable", "false");
    settings.setProperty("offset.storage.file.filename", folder.resolve("offsets").toString());
    settings.setProperty("offset.flush.interval.ms", "500");
    settings.setProperty("plugin.discovery", plugins.isEmpty() ? "service_load" : "hybrid_warn");
    List<Path> folders = new ArrayList<>(plugins);
    folders.add(home.resolve("connect-source/target/plugin"));
    folders.add(home.resolve("connect-sink/target/plugin"));
    settings.setProperty(
        "plugin.path", folders.stream().map(Path::toString).collect(Collectors.joining(",")));
    Path file = folder.resolve("worker.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", home.resolve(classPath) + "/*"));
    command.addAll(List.of("org.apache.kafka.connect.cli.ConnectStandalone", file.toString()));
    var process = new ManagedProcess("worker", folder, command, Map.of());
    var connect = new ConnectApi("http://127.0.0.1:" + port);
    process.start(START_WAIT, connect::isReady);
    return new StandaloneWorker(process, connect);
  }

  ConnectApi connect() {
    return connect;
  }

  @Override
  public void close() {
    process.close();
  }
}
