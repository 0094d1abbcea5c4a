package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.ConnectApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both plugins in standalone workers of older and newer Kafka, each a process with the class path
 * of its release, plugins found by their services alone; records go in and come out.
 */
class WorkerVersionsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int RECORDS = 50;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system-tests/workers/kafka-3.9/target/lib",
        "system-tests/workers/kafka-4.1/target/lib",
        "quickstart-app/target/kafka"
      })
  void givenAWorkerOfARelease_whenBothConnectorsRun_thenRecordsBecomeDocumentsAndEvents(
      String classPath) throws Exception {
    House house = House.open();
    try (StandaloneWorker worker = StandaloneWorker.start(house, folder, classPath)) {
      ConnectApi connect = worker.connect();
      requireVersions(connect);
      String collection = House.fresh("Versioned");
      house.node.addSchema("type " + collection + " { id: String name: String }");
      try (Topic topic = Topic.create(house, House.fresh("versioned"), 1)) {
        String source = House.fresh("versionedSource");
        connect.put(House.fresh("versionedSink"), sink(house, topic.name(), collection));
        connect.put(source, source(house, source, collection));
        for (int i = 0; i < RECORDS; i++) {
          topic.write("{\"id\":\"u" + i + "\"}", "{\"name\":\"n" + i + "\"}");
        }
        topic.flush();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(documents(house, collection)).isEqualTo(RECORDS));
        try (Topic events = new Topic(house, source + "." + collection)) {
          assertThat(events.read(RECORDS, PATIENCE))
              .hasSize(RECORDS)
              .allSatisfy(event -> assertThat(event.after().path("name").asText()).startsWith("n"));
        }
        requireMetrics(source, !classPath.contains("kafka-3.9"));
      }
    }
  }

  /** MBeans in every worker; metrics of plugins where the release has them. */
  private static void requireMetrics(String source, boolean hasPluginMetrics) throws Exception {
    try (WorkerBeans beans = WorkerBeans.of("ConnectStandalone")) {
      String bean =
          "io.defradb:type=connector-metrics,context=streaming,server=" + source + ",task=0";
      await()
          .atMost(PATIENCE) // all documents may have come by the snapshot
          .until(() -> beans.attribute(bean, "Connected").equals(true));
      assertThat(
              beans.attributes("kafka.connect:connector=" + source + ",*").containsKey("lag-seq"))
          .isEqualTo(hasPluginMetrics);
    }
  }

  private static int documents(House house, String collection) throws InterruptedException {
    return house.node.graphql("{ " + collection + " { id } }", Map.of()).path(collection).size();
  }

  private static void requireVersions(ConnectApi connect) throws Exception {
    JsonNode plugins = new ObjectMapper().readTree(connect.call("GET", "/connector-plugins", ""));
    int ours = 0;
    for (JsonNode plugin : plugins) {
      if (plugin.path("class").asText().startsWith("io.defradb.connect")) {
        ours++;
        assertThat(plugin.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
      }
    }
    assertThat(ours).isEqualTo(2);
  }

  private static Map<String, String> sink(House house, String topic, String collection) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "io.defradb.connect.sink.DefraSinkConnector");
    settings.put("topics", topic);
    settings.put("defradb.url", house.settings.nodeUrl());
    settings.put("collection.name.format", collection);
    return settings;
  }

  private static Map<String, String> source(House house, String name, String collection) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "io.defradb.connect.source.DefraSourceConnector");
    settings.put("defradb.url", house.settings.nodeUrl());
    settings.put("topic.prefix", name);
    settings.put("collection.include.list", collection);
    return settings;
  }
}
