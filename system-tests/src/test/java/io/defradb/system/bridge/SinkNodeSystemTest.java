package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeSetting;
import io.defradb.quickstart.server.QuickstartFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sink and its node: away, changed, secured; each in the distributed worker. */
class SinkNodeSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SCHEMA =
      "type Visit { id: String visits: Int @crdt(type: pncounter) }";
  private static final String KEY =
      "e3b722906ee4e56368f581cd8b18ab0f48af1ea53e635e3f7b8acd076676f6ac";

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Covers("defradb.node.change.mode")
  void givenAnotherNode_whenTheSinkIsLedToIt_thenItRefusesUntilItIsToldWhatToDo() throws Exception {
    try (Topic topic = topic();
        ExtraNode first = node();
        ExtraNode second = node();
        ExtraNode third = node()) {
      Map<String, String> settings = new TreeMap<>(house.sinkSettings(topic.name(), "Visit"));
      settings.put("crdt.increment.fields", "visits");
      settings.put("defradb.url", first.url());
      String sink = House.fresh("sink");
      house.connect.put(sink, settings);
      write(topic, "a", "b", "a");
      awaitVisits(first, Map.of("a", 2L, "b", 1L));
      awaitCommitted(sink, 3);

      settings.put("defradb.url", second.url());
      house.connect.put(sink, settings);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(failure(sink))
                      .contains("has nothing of " + topic.name() + "-0")
                      .contains("delivered it up to offset 3")
                      .contains("records from 0 on")
                      .contains("defradb.node.change.mode=replay"));
      assertThat(visits(second)).isEmpty();

      settings.put("defradb.node.change.mode", "replay");
      house.connect.put(sink, settings);
      awaitVisits(second, Map.of("a", 2L, "b", 1L));

      settings.put("defradb.url", third.url());
      settings.put("defradb.node.change.mode", "continue");
      relead(sink, settings);
      write(topic, "c");
      awaitVisits(third, Map.of("c", 1L));

      settings.put("defradb.url", second.url());
      settings.put("defradb.node.change.mode", "fail");
      relead(sink, settings);
      write(topic, "d");
      awaitVisits(second, Map.of("a", 2L, "b", 1L, "c", 1L, "d", 1L));
    }
  }

  @Test
  void givenANodePurgedWhileRecordsFlow_whenTheNextOneComes_thenNothingIsWrittenAndTheTaskSaysWhy()
      throws Exception {
    try (Topic topic = topic();
        ExtraNode node = node()) {
      String sink =
          house.addSink(
              topic.name(),
              "Visit",
              Map.of("defradb.url", node.url(), "crdt.increment.fields", "visits"));
      write(topic, "a", "b");
      await().atMost(PATIENCE).until(() -> rows(node).size() == 2);
      node.client().call("POST", "/purge", null);
      await().atMost(PATIENCE).ignoreExceptions().until(() -> node.client().isHealthy());
      node.client().addSchema(SCHEMA);
      write(topic, "c");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(failure(sink)).contains("or was purged"));
      assertThat(rows(node)).isEmpty();
    }
  }

  @Test
  @Covers("flush.retry.delay.ms")
  void givenANodeThatIsAwayForLongerThanAPollMayTake_whenItIsBack_thenTheGroupHasNotMoved()
      throws Exception {
    try (Topic topic = topic();
        ExtraNode node = node()) {
      String sink =
          house.addSink(
              topic.name(),
              "Visit",
              Map.of(
                  "defradb.url", node.url(),
                  "batch.size", "10",
                  "crdt.increment.fields", "visits",
                  "consumer.override.max.poll.records", "20",
                  "consumer.override.max.poll.interval.ms", "9000"));
      write(topic, "a");
      awaitVisits(node, Map.of("a", 1L));
      List<String> members = members(sink);
      node.kill();
      for (int i = 0; i < 500; i++) {
        topic.write("{\"id\":\"k" + i % 7 + "\"}", "{\"visits\":1}");
      }
      topic.flush();
      await()
          .during(Duration.ofSeconds(10))
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(members(sink)).isEqualTo(members);
                assertThat(house.connect.isRunning(sink)).isTrue();
              });
      node.start();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(visits(node).values().stream().mapToLong(Long::longValue).sum())
                      .isEqualTo(501));
      assertThat(members(sink)).as("no rebalance").isEqualTo(members);
    }
  }

  @Test
  @Covers("wait.for")
  void givenAPeerToWaitFor_whenItIsThereAtLast_thenOnlyThenTheGroupMoves() throws Exception {
    String collection = House.fresh("Kept");
    try (Topic topic = topic();
        OwnNode edge = OwnNode.start(house);
        OwnNode hub = OwnNode.start(house)) {
      for (OwnNode node : List.of(edge, hub)) {
        node.client.addSchema("type " + collection + " { id: String name: String }");
      }
      String sink =
          house.addSink(
              topic.name(),
              collection,
              Map.of(
                  "defradb.url", edge.url,
                  "wait.for", "replicated(1)",
                  "defradb.request.timeout.ms", "3000"));
      topic.write("{\"id\":\"a\"}", "{\"name\":\"first\"}");
      topic.flush();
      await().atMost(PATIENCE).until(() -> edge.documents(collection, "id").size() == 1);
      try (WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
        String bean = "io.defradb:type=connector-metrics,context=sink,server=" + sink + ",task=0";
        await()
            .atMost(PATIENCE)
            .until(() -> (long) beans.attribute(bean, "TotalNumberOfRetries") > 0);
        assertThat(beans.attribute(bean, "TotalNumberOfBatches")).isEqualTo(0L);
        edge.replicateTo(hub, collection);
        await()
            .atMost(PATIENCE)
            .until(() -> (long) beans.attribute(bean, "TotalNumberOfBatches") > 0);
      }
      assertThat(hub.documents(collection, "id")).hasSize(1);
    }
  }

  @Test
  @Covers("flush.max.retries")
  void givenRetriesThatAreUsedUp_whenTheNodeStaysAway_thenTheTaskFailsAndLosesNothing()
      throws Exception {
    try (Topic topic = topic();
        ExtraNode node = node()) {
      String sink =
          house.addSink(
              topic.name(),
              "Visit",
              Map.of(
                  "defradb.url", node.url(),
                  "crdt.increment.fields", "visits",
                  "flush.max.retries", "2"));
      write(topic, "a");
      await().atMost(PATIENCE).until(() -> rows(node).size() == 1);
      node.kill();
      write(topic, "b");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(failure(sink)).contains("after 3 tries"));
      node.start();
      house.connect.call("POST", "/connectors/" + sink + "/restart?includeTasks=true", "");
      await().atMost(PATIENCE).ignoreExceptions().until(() -> rows(node).size() == 2);
    }
  }

  @Test
  @Covers({"defradb.url", "defradb.tls.ca.file", "defradb.identity.key"})
  void givenANodeWithTlsAndAPolicy_whenTheSinkHasAnIdentity_thenDocumentsAreItsOwnAndOthersSeeNone()
      throws Exception {
    Path home = house.settings.home();
    String certificate = home.resolve("defradb-node/src/test/resources/tls/server.crt").toString();
    String key = home.resolve("defradb-node/src/test/resources/tls/server.key").toString();
    Map<NodeSetting, String> anybody = Map.of(NodeSetting.TRUSTED, certificate);
    Map<NodeSetting, String> owner =
        Map.of(NodeSetting.TRUSTED, certificate, NodeSetting.IDENTITY_KEY, KEY);
    try (Topic topic = topic();
        ExtraNode node =
            ExtraNode.start(
                house,
                owner,
                "--document-acp-type",
                "local",
                "--tls",
                "--pubkeypath",
                certificate,
                "--privkeypath",
                key)) {
      String policy = policy(node.client());
      node.client()
          .addSchema(
              "type Secret @policy(id: \""
                  + policy
                  + "\", resource: \"secret\") { id: String name: String }");
      Map<String, String> settings = new HashMap<>();
      settings.put("defradb.url", node.url());
      settings.put("defradb.identity.key", KEY);
      assertThatThrownBy(() -> house.addSink(topic.name(), "Secret", settings))
          .isInstanceOf(QuickstartFailure.class)
          .hasMessageContaining("defradb.url")
          .hasMessageNotContaining(KEY);
      settings.put("defradb.tls.ca.file", certificate);
      house.addSink(topic.name(), "Secret", settings);
      topic.write("{\"id\":\"a\"}", "{\"name\":\"hidden\"}");
      topic.flush();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(secrets(node.client())).hasSize(1));
      assertThat(secrets(node.client(anybody))).isEmpty();
    }
  }

  /** Other settings for a sink that is stopped meanwhile: what comes next is for the new node. */
  private static void relead(String sink, Map<String, String> settings) throws Exception {
    house.connect.call("PUT", "/connectors/" + sink + "/stop", "");
    await()
        .atMost(PATIENCE)
        .until(() -> json("/connectors/" + sink + "/status").path("tasks").isEmpty());
    house.connect.put(sink, settings);
    house.connect.call("PUT", "/connectors/" + sink + "/resume", "");
  }

  private static JsonNode secrets(DefraClient asking) throws InterruptedException {
    return asking.graphql("{ Secret { id name } }", Map.of()).path("Secret");
  }

  private static String policy(DefraClient owner) throws InterruptedException {
    String text =
        """
        name: secrets
        resources:
          secret:
            permissions:
              read:
                expr: owner
              update:
                expr: owner
              delete:
                expr: owner
            relations:
              owner:
                types:
                  - actor
        """;
    return owner
        .call("POST", "/acp/document/policy", text.getBytes(StandardCharsets.UTF_8))
        .path("PolicyID")
        .asText();
  }

  private static void write(Topic topic, String... ids) {
    for (String id : ids) {
      topic.write("{\"id\":\"" + id + "\"}", "{\"visits\":1}");
    }
    topic.flush();
  }

  private static ExtraNode node() throws Exception {
    ExtraNode node = ExtraNode.start(house, Map.of(), "--development");
    node.client().addSchema(SCHEMA);
    return node;
  }

  private static Topic topic() throws Exception {
    return Topic.create(house, House.fresh("visits"), 1);
  }

  private static JsonNode rows(ExtraNode node) throws InterruptedException {
    return node.client().graphql("{ Visit { id visits } }", Map.of()).path("Visit");
  }

  private static Map<String, Long> visits(ExtraNode node) throws InterruptedException {
    Map<String, Long> visits = new TreeMap<>();
    rows(node).forEach(row -> visits.put(row.path("id").asText(), row.path("visits").asLong()));
    return visits;
  }

  private static void awaitVisits(ExtraNode node, Map<String, Long> expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(visits(node)).isEqualTo(new TreeMap<>(expected)));
  }

  private static void awaitCommitted(String sink, long offset) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                json("/connectors/" + sink + "/offsets")
                        .at("/offsets/0/offset/kafka_offset")
                        .asLong()
                    == offset);
  }

  private static String failure(String sink) throws Exception {
    return json("/connectors/" + sink + "/status").at("/tasks/0/trace").asText();
  }

  private static JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(house.connect.call("GET", path, ""));
  }

  /** Who is in the sink's group of consumers: a rebalance would give its members new names. */
  private static List<String> members(String sink) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", house.settings.kafkaAddress()))) {
      ConsumerGroupDescription group =
          admin
              .describeConsumerGroups(List.of("connect-" + sink))
              .all()
              .get(120, TimeUnit.SECONDS)
              .get("connect-" + sink);
      return group.members().stream().map(MemberDescription::consumerId).sorted().toList();
    }
  }
}
