package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.testing.BrokerSettings;
import io.defradb.testing.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.ConnectorConfig;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;

/** A broker and a Connect worker, both real, in this process; connectors are on its class path. */
final class ConnectHouse implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;

  private final String address;
  private final KafkaRaftServer broker;
  private final Connect<StandaloneHerder> worker;

  ConnectHouse(Path folder) throws IOException {
    var settings = BrokerSettings.in(folder);
    address = settings.address();
    String[] format = {
      "format", "--cluster-id", "ZGVmcmFkYi1pbnRlcm9wLTA", "--config", settings.write().toString()
    };
    var told = new ByteArrayOutputStream();
    int code = StorageTool.execute(format, new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(code).as(told.toString(StandardCharsets.UTF_8)).isZero();
    broker = new KafkaRaftServer(KafkaConfig.fromProps(settings.properties()), Time.SYSTEM);
    broker.startup();
    worker = new ConnectStandalone("-").startConnect(workerSettings(folder, FreePorts.next()));
  }

  /** {@code host:port} of the broker. */
  String address() {
    return address;
  }

  /** Makes a connector; returns when the worker has taken it. */
  void start(String name, Map<String, String> settings) throws Exception {
    Map<String, String> config = new HashMap<>(settings);
    config.put(ConnectorConfig.NAME_CONFIG, name);
    var taken = new CompletableFuture<Void>();
    worker
        .herder()
        .putConnectorConfig(
            name,
            config,
            true,
            (error, created) -> {
              if (error == null) {
                taken.complete(null);
              } else {
                taken.completeExceptionally(error);
              }
            });
    taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Fails with the trace of a task that has failed. */
  void requireHealth(String name) {
    ConnectorStateInfo state = worker.herder().connectorStatus(name);
    assertThat(state.connector().state()).as(state.connector().trace()).isNotEqualTo("FAILED");
    state.tasks().forEach(task -> assertThat(task.state()).as(task.trace()).isNotEqualTo("FAILED"));
  }

  private Map<String, String> workerSettings(Path folder, int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", address);
    settings.put("listeners", "http://127.0.0.1:" + port);
    settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.put("offset.storage.file.filename", folder.resolve("offsets").toString());
    settings.put("offset.flush.interval.ms", "500");
    settings.put("plugin.discovery", "service_load");
    return settings;
  }

  @Override
  public void close() {
    worker.stop();
    worker.awaitStop();
    broker.shutdown();
    broker.awaitShutdown();
  }
}
