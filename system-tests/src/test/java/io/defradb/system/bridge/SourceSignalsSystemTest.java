package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators tell a running source and what it tells them, in a real worker. */
class SourceSignalsSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int DOCUMENTS = 300;
  private static final String AGAIN =
      "{\"id\":\"again\",\"type\":\"execute-snapshot\",\"data\":{\"data-collections\":[\"%s\"]}}";

  private static House house;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Proves({
    "signal.enabled.channels",
    "signal.kafka.topic",
    "signal.kafka.bootstrap.servers",
    "signal.poll.interval.ms",
    "notification.enabled.channels",
    "notification.sink.topic.name"
  })
  void givenSignalsOverKafka_whenHeeded_thenASnapshotPausesGoesOnStopsAndIsTold() throws Exception {
    String collection = collection();
    String told = House.fresh("told");
    try (Topic signals = Topic.create(house, House.fresh("signals"), 1);
        Topic notifications = new Topic(house, told)) {
      Map<String, String> settings = new HashMap<>(overKafka(signals));
      settings.put("notification.enabled.channels", "sink,log");
      settings.put("notification.sink.topic.name", told);
      settings.put("incremental.snapshot.chunk.size", "10");
      String source = house.addSource(collection, settings);
      try (Topic events = new Topic(house, source + "." + collection)) {
        assertThat(events.read(DOCUMENTS, PATIENCE)).hasSize(DOCUMENTS);
        signals.write(source, "{\"id\":\"1\",\"type\":\"pause-snapshot\"}");
        signals.write("another", AGAIN.formatted(collection)); // not for us
        signals.write(source, AGAIN.formatted(collection));
        signals.flush();
        awaitTold(notifications, "Incremental Snapshot STARTED");
        signals.write(source, "{\"id\":\"3\",\"type\":\"resume-snapshot\"}");
        signals.flush();
        List<Topic.Event> all = events.read(2 * DOCUMENTS, PATIENCE);
        assertThat(all).hasSize(2 * DOCUMENTS);
        assertThat(all.subList(DOCUMENTS, all.size()))
            .extracting(event -> event.value().path("source").path("snapshot").asText())
            .containsOnly("incremental");
        awaitTold(notifications, "Incremental Snapshot COMPLETED");
        signals.write(source, "{\"id\":\"4\",\"type\":\"pause-snapshot\"}");
        signals.write(source, AGAIN.formatted(collection));
        signals.write(source, "{\"id\":\"5\",\"type\":\"stop-snapshot\"}");
        signals.write(source, "{\"id\":\"6\",\"type\":\"log\",\"data\":{\"message\":\"hi\"}}");
        signals.flush();
        assertThat(awaitTold(notifications, "Incremental Snapshot ABORTED"))
            .containsSubsequence(
                "Initial Snapshot STARTED",
                "Initial Snapshot IN_PROGRESS",
                "Initial Snapshot TABLE_SCAN_COMPLETED",
                "Initial Snapshot COMPLETED",
                "Incremental Snapshot PAUSED",
                "Incremental Snapshot STARTED",
                "Incremental Snapshot RESUMED",
                "Incremental Snapshot IN_PROGRESS",
                "Incremental Snapshot TABLE_SCAN_COMPLETED",
                "Incremental Snapshot COMPLETED");
        assertThat(events.read(2 * DOCUMENTS, PATIENCE)).hasSize(2 * DOCUMENTS);
      }
    }
  }

  @Test
  @Proves({"incremental.snapshot.chunk.size", "poll.interval.ms"})
  void givenAWorkerKilledAmidAnIncrementalSnapshot_whenBack_thenItGoesOnWhereItWas()
      throws Exception {
    String collection = collection();
    try (Topic signals = Topic.create(house, House.fresh("signals"), 1)) {
      Map<String, String> settings = new HashMap<>(overKafka(signals));
      settings.put("incremental.snapshot.chunk.size", "3");
      settings.put("poll.interval.ms", "100"); // a chunk a poll: slow enough to be cut off
      String source = house.addSource(collection, settings);
      try (Topic events = new Topic(house, source + "." + collection)) {
        assertThat(events.read(DOCUMENTS, PATIENCE)).hasSize(DOCUMENTS);
        signals.write(source, AGAIN.formatted(collection));
        signals.flush();
        await().atMost(PATIENCE).until(() -> offset(source).hasNonNull("incremental"));
        house.killWorker();
        house.startWorker();
        List<Topic.Event> all = events.read(2 * DOCUMENTS, PATIENCE);
        assertThat(all).hasSize(2 * DOCUMENTS); // none missed, none twice
        Set<String> again =
            all.subList(DOCUMENTS, all.size()).stream()
                .map(Topic.Event::docId)
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(again).hasSize(DOCUMENTS);
        await().atMost(PATIENCE).until(() -> !offset(source).has("incremental"));
      }
    }
  }

  @Test
  @Proves({"signal.file", "custom.metric.tags"})
  void givenSignalsByFileAndJmx_whenHeeded_thenDocumentsComeAgainAndMetricsTellOfIt()
      throws Exception {
    String collection = collection();
    Path file = Files.createFile(folder.resolve("signals.txt"));
    String source =
        house.addSource(
            collection,
            Map.of(
                "signal.enabled.channels", "file,jmx",
                "signal.file", file.toString(),
                "signal.poll.interval.ms", "100",
                "notification.enabled.channels", "jmx",
                "custom.metric.tags", "fleet=north"));
    try (Topic events = new Topic(house, source + "." + collection);
        WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
      assertThat(events.read(DOCUMENTS, PATIENCE)).hasSize(DOCUMENTS);
      Files.writeString(file, AGAIN.formatted(collection) + "\n", StandardOpenOption.APPEND);
      assertThat(events.read(2 * DOCUMENTS, PATIENCE)).hasSize(2 * DOCUMENTS);
      ObjectName door =
          beans.names("io.defradb:type=signal,*").stream()
              .filter(name -> name.toString().contains(source + "\""))
              .findFirst()
              .orElseThrow();
      beans.call(door, "signal", "2", "execute-snapshot", "");
      assertThat(events.read(3 * DOCUMENTS, PATIENCE)).hasSize(3 * DOCUMENTS);
      house.node.graphql(
          "mutation { create_" + collection + "(input: {n: 1}) { _docID } }", Map.of());
      house.node.graphql("mutation { delete_" + collection + " { _docID } }", Map.of());
      assertThat(events.read(4 * DOCUMENTS + 2, PATIENCE)).hasSize(4 * DOCUMENTS + 2);
      String tail = ",server=" + source + ",task=0,fleet=north";
      String snapshot = "io.defradb:type=connector-metrics,context=snapshot" + tail;
      assertThat(beans.attribute(snapshot, "SnapshotCompleted")).isEqualTo(true);
      assertThat(beans.attribute(snapshot, "TotalNumberOfEventsSeen")).isEqualTo(3L * DOCUMENTS);
      assertThat(beans.attribute(snapshot, "CapturedTables")).isEqualTo(new String[] {collection});
      String streaming = "io.defradb:type=connector-metrics,context=streaming" + tail;
      assertThat(beans.attribute(streaming, "Connected")).isEqualTo(true);
      assertThat(beans.attribute(streaming, "TotalNumberOfCreateEventsSeen")).isEqualTo(1L);
      assertThat(beans.attribute(streaming, "TotalNumberOfDeleteEventsSeen"))
          .isEqualTo(DOCUMENTS + 1L);
      assertThat((long) beans.attribute(streaming, "MilliSecondsBehindSource")).isNotNegative();
      assertThat((int) beans.attribute(streaming, "QueueTotalCapacity")).isPositive();
      assertThat(beans.attribute(streaming, "NumberOfErroneousEvents")).isEqualTo(0L);
      assertThat((String) beans.attribute(streaming, "LastTransactionId")).contains(":");
      await()
          .atMost(PATIENCE)
          .until(() -> beans.attribute(streaming, "SeqBehindSource").equals(0L));
      Object[] notifications =
          (Object[])
              beans.attribute(
                  "io.defradb:type=management,context=notifications" + tail, "Notifications");
      assertThat(notifications).hasSizeGreaterThan(5);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(beans.attributes("kafka.connect:connector=" + source + ",*"))
                      .containsEntry("streaming-create-events-total", 1L)
                      .containsEntry("lag-seq", 0L)
                      .containsEntry("connected", 1L));
    }
  }

  /** Answers what was told until then. */
  private static List<String> awaitTold(Topic notifications, String words) {
    return await()
        .atMost(PATIENCE)
        .until(() -> words(notifications.read(1, PATIENCE)), told -> told.contains(words));
  }

  private static List<String> words(List<Topic.Event> notifications) {
    return notifications.stream()
        .map(
            event ->
                event.value().path("aggregate_type").asText()
                    + " "
                    + event.value().path("type").asText())
        .toList();
  }

  private static JsonNode offset(String source) throws Exception {
    String offsets = house.connect.call("GET", "/connectors/" + source + "/offsets", "");
    return new ObjectMapper().readTree(offsets).path("offsets").path(0).path("offset");
  }

  private static Map<String, String> overKafka(Topic signals) {
    return Map.of(
        "signal.enabled.channels",
        "kafka",
        "signal.kafka.topic",
        signals.name(),
        "signal.kafka.bootstrap.servers",
        house.settings.kafkaAddress(),
        "signal.poll.interval.ms",
        "100");
  }

  private static String collection() throws Exception {
    String name = House.fresh("Asked");
    house.node.addSchema("type " + name + " { n: Int }");
    var inputs = new StringBuilder();
    for (int n = 0; n < DOCUMENTS; n++) {
      inputs.append("{n: ").append(n + 10).append("}");
    }
    house.node.graphql(
        "mutation { create_" + name + "(input: [" + inputs + "]) { _docID } }", Map.of());
    return name;
  }
}
