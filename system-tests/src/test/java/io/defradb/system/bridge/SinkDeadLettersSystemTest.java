package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every way on which a record can fail ends in the dead letter queue, in the distributed worker.
 */
class SinkDeadLettersSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int OVERSIZED = 17 * 1024 * 1024;
  private static final String OVERSIZED_MAX = String.valueOf(20 * 1024 * 1024);

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  void givenARecordForEveryFault_whenSunk_thenEachIsADeadLetterOfItsStageAndTheRestIsStored()
      throws Exception {
    String collection = House.fresh("Faulty");
    house.node.addSchema(
        "type " + collection + " { id: String name: String age: Int when: DateTime }");
    try (Topic topic = Topic.create(house, House.fresh("faulty"), 1, OVERSIZED_MAX);
        Topic dead = Topic.create(house, House.fresh("dead"), 1, OVERSIZED_MAX)) {
      String sink = house.addSink(topic.name(), collection, settings(dead));
      Map<Long, String> stages = new TreeMap<>();
      Map<Long, String> reasons = new TreeMap<>();
      long offset = 0;
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20; i++, offset++) {
          topic.write(key(offset), "{\"name\":\"right\",\"age\":1}");
        }
        topic.write(key(offset), "{\"name\":"); // no JSON
        stages.put(offset, "VALUE_CONVERTER");
        reasons.put(offset++, "Converting byte[] to Kafka Connect data failed");
        topic.write("{\"id\":", "{\"name\":\"n\"}");
        stages.put(offset, "KEY_CONVERTER");
        reasons.put(offset++, "Converting byte[] to Kafka Connect data failed");
        topic.write(key(offset), "{\"age\":\"many\"}"); // the transform makes numbers of ages
        stages.put(offset, "TRANSFORMATION");
        reasons.put(offset++, "many");
        topic.write(key(offset), "{\"colour\":\"red\",\"age\":1}");
        stages.put(offset, "TASK_PUT");
        reasons.put(offset++, "colour");
        topic.write("{\"no\":1}", "{\"name\":\"no key\",\"age\":1}");
        stages.put(offset, "TASK_PUT");
        reasons.put(offset++, "id");
        topic.write(key(offset), "{\"when\":\"yesterday\",\"age\":1}");
        stages.put(offset, "TASK_PUT");
        reasons.put(offset++, "yesterday");
      }
      topic.write(key(offset), "{\"age\":1,\"name\":\"" + "x".repeat(OVERSIZED) + "\"}");
      stages.put(offset, "TASK_PUT");
      reasons.put(offset++, "TOO_LARGE");
      topic.write(key(offset), "{\"name\":\"last\",\"age\":1}");
      offset++;
      topic.write(key(offset), "{\"name\":"); // nothing right behind it
      stages.put(offset, "VALUE_CONVERTER");
      reasons.put(offset++, "Converting byte[] to Kafka Connect data failed");
      topic.flush();

      Map<Long, Map<String, String>> letters = new TreeMap<>();
      for (Topic.Letter letter : dead.letters(stages.size(), PATIENCE)) {
        letters.put(
            Long.valueOf(letter.headers().get("__connect.errors.offset")), letter.headers());
      }
      assertThat(letters.keySet()).isEqualTo(stages.keySet());
      letters.forEach(
          (at, headers) -> {
            assertThat(headers).containsEntry("__connect.errors.stage", stages.get(at));
            assertThat(
                    headers.get("__connect.errors.exception.message")
                        + headers.get("__connect.errors.exception.stacktrace"))
                .as("letter of offset %s", at)
                .contains(reasons.get(at));
          });
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          house
                              .node
                              .graphql("{ " + collection + " { id } }", Map.of())
                              .path(collection))
                      .hasSize(41));
      long end = offset;
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(house.connect.call("GET", "/connectors/" + sink + "/offsets", ""))
                      .as("no lag stays behind a dead letter")
                      .contains("\"kafka_offset\":" + end));
    }
  }

  @Test
  @Covers("batch.size")
  void givenRecordsThatOnlyTheNodeRefuses_whenABatchHoldsThem_thenHalvesFindThemAndOrderHolds()
      throws Exception {
    String collection = House.fresh("Once");
    house.node.addSchema("type " + collection + " { id: String name: String }");
    try (Topic topic = Topic.create(house, House.fresh("once"), 1);
        Topic dead = Topic.create(house, House.fresh("dead"), 1)) {
      Map<String, String> settings = settings(dead);
      settings.put("insert.mode", "insert");
      settings.put("batch.size", "64");
      TreeSet<Long> doubled = new TreeSet<>();
      for (int i = 0; i < 300; i++) {
        boolean isDoubled = i % 37 == 36;
        topic.write(key(isDoubled ? i - 1 : i), "{\"name\":\"" + i + "\",\"age\":null}");
        if (isDoubled) {
          doubled.add((long) i);
        }
      }
      topic.flush();
      house.addSink(topic.name(), collection, without(settings, "transforms"));
      TreeSet<Long> dropped = new TreeSet<>();
      List<Topic.Letter> letters = dead.letters(doubled.size(), PATIENCE);
      for (Topic.Letter letter : letters) {
        dropped.add(Long.valueOf(letter.headers().get("__connect.errors.offset")));
        assertThat(letter.headers().get("__connect.errors.exception.message"))
            .contains("DOCUMENT_EXISTS");
      }
      assertThat(letters).hasSameSizeAs(doubled);
      assertThat(dropped).isEqualTo(doubled);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          house
                              .node
                              .graphql("{ " + collection + " { id } }", Map.of())
                              .path(collection))
                      .hasSize(300 - doubled.size()));
      long seqs =
          house
              .node
              .call("GET", "/changes?limit=5000&collections=" + collection, null)
              .path("results")
              .findValues("txn")
              .stream()
              .mapToLong(txn -> txn.path("id").asLong())
              .distinct()
              .count();
      assertThat(seqs).as("transactions of at most 64 records").isGreaterThanOrEqualTo(5);
    }
  }

  private static Map<String, String> without(Map<String, String> settings, String prefix) {
    settings.keySet().removeIf(key -> key.startsWith(prefix));
    settings.put("field.exclude.list", "age");
    return settings;
  }

  private static String key(long id) {
    return "{\"id\":\"k" + id + "\"}";
  }

  private static Map<String, String> settings(Topic dead) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("errors.tolerance", "all");
    settings.put("errors.deadletterqueue.topic.name", dead.name());
    settings.put("errors.deadletterqueue.topic.replication.factor", "1");
    settings.put("errors.deadletterqueue.context.headers.enable", "true");
    settings.put("producer.override.max.request.size", OVERSIZED_MAX);
    settings.put("consumer.override.max.partition.fetch.bytes", OVERSIZED_MAX);
    settings.put("transforms", "age");
    settings.put("transforms.age.type", "org.apache.kafka.connect.transforms.Cast$Value");
    settings.put("transforms.age.spec", "age:int32");
    return settings;
  }
}
