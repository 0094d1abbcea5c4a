package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SinkSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Covers("crdt.increment.fields")
  void givenUpsertsAndDeletes_whenTheWorkerIsKilledMidway_thenTheDocumentsEqualTheTopicsLastValues()
      throws Exception {
    String collection = collection("name: String visits: Int @crdt(type: pncounter)");
    try (Topic topic = Topic.create(house, House.fresh("records"), 2)) {
      String sink =
          house.addSink(topic.name(), collection, Map.of("crdt.increment.fields", "visits"));
      Map<String, String> names = new TreeMap<>();
      Map<String, Long> visits = new HashMap<>();
      var random = new Random(42);
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 500; i++) {
          String id = "u" + random.nextInt(200);
          String name = "name " + random.nextInt(1000);
          topic.write("{\"id\":\"" + id + "\"}", "{\"name\":\"" + name + "\",\"visits\":1}");
          names.put(id, name);
          visits.merge(id, 1L, Long::sum);
        }
        topic.flush();
        if (round == 0) {
          await().atMost(PATIENCE).until(() -> documents(collection, "name").size() > 0);
          house.killWorker();
          house.startWorker();
        }
        if (round == 1) {
          house.killNode();
          house.startNode();
        }
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(documents(collection, "name")).isEqualTo(names));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(numbers(collection, "visits")).isEqualTo(visits));
      rewind(sink);
      topic.write("{\"id\":\"last\"}", "{\"name\":\"after the replay\",\"visits\":1}");
      topic.flush();
      names.put("last", "after the replay");
      visits.put("last", 1L);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(documents(collection, "name")).isEqualTo(names));
      assertThat(numbers(collection, "visits")).isEqualTo(visits);
      assertThat(documents(collection, "name")).isEqualTo(names);
    }
  }

  @Test
  void givenAKeyDeletedAndBack_whenRead_thenOneDocumentLives() throws Exception {
    String collection = collection("name: String generation: Int");
    try (Topic topic = Topic.create(house, House.fresh("records"), 1)) {
      house.addSink(topic.name(), collection, Map.of());
      topic.write("{\"id\":\"a\"}", "{\"name\":\"first\"}");
      topic.write("{\"id\":\"a\"}", null);
      topic.write("{\"id\":\"a\"}", "{\"name\":\"second\"}");
      topic.write("{\"id\":\"b\"}", "{\"name\":\"other\"}");
      topic.flush();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(documents(collection, "name"))
                      .isEqualTo(Map.of("a", "second", "b", "other")));
    }
  }

  @Test
  void givenPoisonRecords_whenErrorsAreTolerated_thenOnlyTheyAreDeadLettersWithTheReason()
      throws Exception {
    String collection = collection("name: String age: Int");
    try (Topic topic = Topic.create(house, House.fresh("records"), 1);
        Topic dead = Topic.create(house, House.fresh("dead"), 1)) {
      house.addSink(
          topic.name(),
          collection,
          Map.of(
              "errors.tolerance", "all",
              "errors.deadletterqueue.topic.name", dead.name(),
              "errors.deadletterqueue.topic.replication.factor", "1",
              "errors.deadletterqueue.context.headers.enable", "true"));
      for (int i = 0; i < 100; i++) {
        String age = i % 10 == 3 ? "\"old\"" : String.valueOf(i);
        topic.write("{\"id\":\"p" + i + "\"}", "{\"name\":\"n\",\"age\":" + age + "}");
      }
      topic.write("{\"id\":\"p100\"}", "{\"colour\":\"red\"}");
      topic.flush();
      List<Topic.Event> letters = dead.read(11, PATIENCE);
      assertThat(letters).hasSize(11);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(documents(collection, "name")).hasSize(90));
    }
  }

  /** Stops the sink and forgets its group's offsets: Kafka gives it everything again. */
  private static void rewind(String sink) throws Exception {
    house.connect.call("PUT", "/connectors/" + sink + "/stop", "");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                house
                    .connect
                    .call("GET", "/connectors/" + sink + "/status", "")
                    .contains("STOPPED"));
    await() // until then its tasks may still be ending
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(house.connect.call("DELETE", "/connectors/" + sink + "/offsets", ""))
                    .contains("reset successfully"));
    house.connect.call("PUT", "/connectors/" + sink + "/resume", "");
    await().atMost(PATIENCE).until(() -> house.connect.isRunning(sink));
  }

  private static String collection(String fields) throws Exception {
    String name = House.fresh("Thing");
    house.node.addSchema("type " + name + " { id: String " + fields + " }");
    return name;
  }

  private static Map<String, String> documents(String collection, String field) throws Exception {
    Map<String, String> values = new TreeMap<>();
    for (JsonNode document : all(collection, field)) {
      assertThat(values.put(document.path("id").asText(), document.path(field).asText())).isNull();
    }
    return values;
  }

  private static Map<String, Long> numbers(String collection, String field) throws Exception {
    Map<String, Long> values = new HashMap<>();
    all(collection, field)
        .forEach(
            document -> values.put(document.path("id").asText(), document.path(field).asLong()));
    return values;
  }

  private static JsonNode all(String collection, String field) throws Exception {
    return house
        .node
        .graphql("{ " + collection + " { id " + field + " } }", Map.of())
        .path(collection);
  }
}
