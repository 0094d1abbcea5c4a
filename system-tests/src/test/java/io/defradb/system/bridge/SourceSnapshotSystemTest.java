package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.QuickstartFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the source begins and goes on, in a real worker. */
class SourceSnapshotSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Proves("snapshot.mode")
  void givenEachMode_whenBegunAndBegunAgain_thenExistingDocumentsComeAsItSays() throws Exception {
    String collection = collection();
    create(collection, 1);
    String initial = house.addSource(collection, Map.of("snapshot.mode", "initial"));
    String once = house.addSource(collection, Map.of("snapshot.mode", "initial_only"));
    String always = house.addSource(collection, Map.of("snapshot.mode", "always"));
    String none = house.addSource(collection, Map.of("snapshot.mode", "no_data"));
    for (String source : List.of(initial, once, always)) {
      awaitOps(source, collection, "r");
    }
    try (WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
      await() // its place in the feed is taken
          .atMost(PATIENCE)
          .ignoreExceptions() // the bean is not there before its task
          .until(() -> beans.attribute(streaming(none, 0), "Connected").equals(true));
    }
    create(collection, 2);
    awaitOps(initial, collection, "r", "c");
    awaitOps(always, collection, "r", "c");
    awaitOps(none, collection, "c");
    for (String source : List.of(initial, once, always, none)) {
      house.connect.call("POST", "/connectors/" + source + "/restart?includeTasks=true", "");
    }
    awaitOps(always, collection, "r", "c", "r", "r");
    create(collection, 3);
    awaitOps(always, collection, "r", "c", "r", "r", "c");
    awaitOps(initial, collection, "r", "c", "c");
    awaitOps(none, collection, "c", "c");
    awaitOps(once, collection, "r");
  }

  @Test
  void givenAPurgedNode_whenTheFeedIsAnother_thenOneModeFailsAndTheOtherReadsAgain()
      throws Exception {
    String collection = House.fresh("Purged");
    try (OwnNode node = OwnNode.start(house, "--development")) {
      node.client.addSchema("type " + collection + " { n: Int }");
      createAt(node, collection, 1);
      String strict =
          house.addSource(collection, Map.of("defradb.url", node.url, "snapshot.mode", "initial"));
      String lenient =
          house.addSource(
              collection, Map.of("defradb.url", node.url, "snapshot.mode", "when_needed"));
      awaitOps(strict, collection, "r");
      awaitOps(lenient, collection, "r");
      node.client.call("POST", "/purge", null);
      node.client.addSchema("type " + collection + " { n: Int }");
      createAt(node, collection, 5);
      try (Topic events = new Topic(house, lenient + "." + collection)) {
        List<Topic.Event> all = events.read(2, PATIENCE);
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        Topic.Event last = all.get(all.size() - 1);
        assertThat(last.after().path("n").asInt()).isEqualTo(5);
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> house.connect.isRunning(strict))
                      .isInstanceOf(QuickstartFailure.class)
                      .hasMessageContaining("snapshot.mode=when_needed"));
    }
  }

  @Test
  void givenOffsetsByHand_whenAltered_thenWhatCannotBeGoneOnFromIsRefusedWithTheReason()
      throws Exception {
    String collection = collection();
    create(collection, 1);
    String source = house.addSource(collection, Map.of());
    awaitOps(source, collection, "r");
    create(collection, 2); // its number in the log is the offset's from then on
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(2, PATIENCE)).hasSize(2);
      JsonNode stored = offsets(source).path(0);
      JsonNode partition = stored.path("partition");
      String feedId = stored.path("offset").path("feedId").asText();
      long seq = stored.path("offset").path("seq").asLong();
      house.connect.call("PUT", "/connectors/" + source + "/stop", "");
      await()
          .atMost(PATIENCE)
          .until(() -> alter(source, partition, feedId, seq).contains("altered"));
      assertThat(alter(source, partition, feedId, seq + 1_000_000))
          .contains("the feed ends at seq");
      assertThat(alter(source, partition, "another", seq)).contains("the node's feed is " + feedId);
      JsonNode other = JSON.readTree(partition.toString().replace("0/1", "0/2"));
      assertThat(alter(source, other, feedId, seq)).contains("with 1 shards");
      assertThat(alter(source, partition, feedId, seq - 1)).contains("altered");
      house.connect.call("PUT", "/connectors/" + source + "/resume", "");
      assertThat(events.read(3, PATIENCE)).hasSize(3); // the last one again
    }
  }

  @Test
  @Proves({"defradb.shards", "max.batch.size", "max.queue.size", "max.queue.size.in.bytes"})
  void givenShardsAndSmallBatches_whenRead_thenEachTaskReadsItsOwnInPagesOfThatSize()
      throws Exception {
    String collection = collection();
    String source =
        house.addSource(
            collection,
            Map.of(
                "defradb.shards", "2",
                "tasks.max", "2",
                "max.batch.size", "3",
                "max.queue.size.in.bytes", "100000"));
    String narrow = house.addSource(collection, Map.of("max.queue.size", "4"));
    for (int n = 0; n < 20; n++) {
      create(collection, n);
    }
    try (Topic events = new Topic(house, source + "." + collection);
        WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
      assertThat(events.read(20, PATIENCE)).hasSize(20);
      assertThat(offsets(source)).hasSize(2);
      for (int task = 0; task < 2; task++) {
        String bean = streaming(source, task);
        assertThat(beans.attribute(bean, "QueueTotalCapacity")).isEqualTo(2 * 3); // two pages
        assertThat(beans.attribute(bean, "MaxQueueSizeInBytes")).isEqualTo(100_000L);
      }
    }
    try (Topic events = new Topic(house, narrow + "." + collection);
        WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
      assertThat(events.read(20, PATIENCE)).hasSize(20);
      assertThat(beans.attribute(streaming(narrow, 0), "QueueTotalCapacity")).isEqualTo(4);
    }
  }

  private static String streaming(String source, int task) {
    return "io.defradb:type=connector-metrics,context=streaming,server=" + source + ",task=" + task;
  }

  @Test
  @Proves({"snapshot.since.seq", "snapshot.include.collection.list"})
  void givenANumberOfTheLogOrCollectionsToSnapshot_whenBegun_thenTheRestIsNoEvent()
      throws Exception {
    String collection = collection();
    String other = collection();
    create(collection, 1);
    long newest = house.node.changesInfo().path("newestSeq").asLong();
    create(collection, 2);
    create(other, 3);
    String since =
        house.addSource(
            collection,
            Map.of("snapshot.mode", "since", "snapshot.since.seq", String.valueOf(newest)));
    awaitOps(since, collection, "c");
    String one =
        house.addSource(
            collection + "," + other, Map.of("snapshot.include.collection.list", collection));
    awaitOps(one, collection, "r", "r");
    create(other, 4);
    try (Topic events = new Topic(house, one + "." + other)) {
      List<Topic.Event> all = events.read(1, PATIENCE);
      assertThat(all).extracting(event -> event.after().path("n").asInt()).containsExactly(4);
    }
  }

  @Test
  @Proves({"snapshot.max.threads", "snapshot.delay.ms"})
  void givenThreadsAndADelay_whenSnapshotsAreTaken_thenCollectionsBeginTogetherAndOnlyWhenDue()
      throws Exception {
    List<String> collections = List.of(collection(), collection());
    for (String collection : collections) {
      create(collection, 1);
      create(collection, 2);
    }
    String all = String.join(",", collections);
    String waiting = house.addSource(all, Map.of("snapshot.delay.ms", "86400000"));
    String told = House.fresh("told");
    String source =
        house.addSource(
            all,
            Map.of(
                "snapshot.max.threads", "2",
                "snapshot.delay.ms", "1",
                "notification.enabled.channels", "sink",
                "notification.sink.topic.name", told));
    for (String collection : collections) {
      awaitOps(source, collection, "r", "r");
    }
    try (Topic notifications = new Topic(house, told)) {
      assertThat(notifications.read(3, PATIENCE).subList(0, 3))
          .extracting(event -> event.value().path("type").asText())
          .containsExactly("STARTED", "IN_PROGRESS", "IN_PROGRESS"); // before one was read
    }
    await().atMost(PATIENCE).until(() -> house.connect.isRunning(waiting));
    assertThat(offsets(waiting)).isEmpty();
  }

  private static String alter(String source, JsonNode partition, String feedId, long seq) {
    String offset = "{\"feedId\":\"" + feedId + "\",\"seq\":" + seq + "}";
    return house.connect.call(
        "PATCH",
        "/connectors/" + source + "/offsets",
        "{\"offsets\":[{\"partition\":" + partition + ",\"offset\":" + offset + "}]}");
  }

  private static JsonNode offsets(String source) throws Exception {
    String offsets = house.connect.call("GET", "/connectors/" + source + "/offsets", "");
    return JSON.readTree(offsets).path("offsets");
  }

  private static void awaitOps(String source, String collection, String... ops) throws Exception {
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(ops.length, PATIENCE))
          .extracting(Topic.Event::op)
          .containsExactly(ops);
    }
  }

  private static String collection() throws Exception {
    String name = House.fresh("Begun");
    house.node.addSchema("type " + name + " { n: Int }");
    return name;
  }

  private static void create(String collection, int n) throws Exception {
    house.node.graphql(mutation(collection, n), new HashMap<>());
  }

  private static void createAt(OwnNode node, String collection, int n) throws Exception {
    node.client.graphql(mutation(collection, n), new HashMap<>());
  }

  private static String mutation(String collection, int n) {
    return "mutation { create_" + collection + "(input: {n: " + n + "}) { _docID } }";
  }
}
