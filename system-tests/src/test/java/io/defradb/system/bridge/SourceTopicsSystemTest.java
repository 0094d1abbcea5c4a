package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which topics the source writes, and what they say, in a real worker. */
class SourceTopicsSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Proves({
    "topic.prefix",
    "topic.delimiter",
    "topic.naming.strategy",
    "topic.regex",
    "topic.replacement"
  })
  void givenARegexStrategy_whenRead_thenSeveralCollectionsShareATopic() throws Exception {
    String first = collection("n: Int");
    String second = collection("n: Int");
    create(first, "n: 1");
    create(second, "n: 2");
    String prefix = House.fresh("named");
    house.addSource(
        first + "," + second,
        Map.of(
            "topic.prefix", prefix,
            "topic.delimiter", "-",
            "topic.naming.strategy", "io.defradb.connect.source.topic.RegexTopicNamingStrategy",
            "topic.regex", "(.*)-Told[0-9]+",
            "topic.replacement", "$1-all"));
    try (Topic events = new Topic(house, prefix + "-all")) {
      assertThat(events.read(2, PATIENCE))
          .extracting(event -> event.value().path("source").path("collection").asText())
          .containsExactlyInAnyOrder(first, second);
    }
  }

  @Test
  @Proves({"include.conflicts", "topic.conflict"})
  void givenTwoNodesThatWriteOneField_whenTheyMeet_thenTheLostValueIsTold() throws Exception {
    String collection = House.fresh("Met");
    try (OwnNode edge = OwnNode.start(house);
        OwnNode hub = OwnNode.start(house)) {
      for (OwnNode node : List.of(edge, hub)) {
        node.client.addSchema("type " + collection + " { name: String n: Int }");
      }
      edge.client.graphql(
          "mutation { create_" + collection + "(input: {name: \"a\", n: 1}) { _docID } }",
          Map.of());
      edge.replicateTo(hub, collection);
      await().atMost(PATIENCE).until(() -> hub.documents(collection, "name").size() == 1);
      String source =
          house.addSource(
              collection,
              Map.of(
                  "defradb.url",
                  hub.url,
                  "include.conflicts",
                  "true",
                  "topic.conflict",
                  "lost",
                  "skip.messages.without.change",
                  "true"));
      try (Topic events = new Topic(house, source + "." + collection);
          Topic conflicts = new Topic(house, source + ".lost")) {
        assertThat(events.read(1, PATIENCE)).hasSize(1);
        edge.stop();
        hub.client.graphql(update(collection, "name: \"hub wrote it!\""), Map.of());
        hub.client.graphql(update(collection, "n: 7"), Map.of());
        String hubCid = events.read(3, PATIENCE).get(1).value().path("source").path("cid").asText();
        edge.startAgain();
        edge.client.graphql(update(collection, "name: \"edge wrote it\""), Map.of());
        List<Topic.Event> told = conflicts.read(1, PATIENCE);
        assertThat(told).hasSize(1);
        JsonNode conflict = told.get(0).value();
        assertThat(conflict.path("collection").asText()).isEqualTo(collection);
        assertThat(conflict.path("field").asText()).isEqualTo("name");
        assertThat(conflict.path("kept").path("value").asText()).isEqualTo("\"hub wrote it!\"");
        assertThat(conflict.path("kept").path("cid").asText()).isEqualTo(hubCid);
        assertThat(conflict.path("kept").path("origin").asText()).isEqualTo("local");
        assertThat(conflict.path("lost").path("value").asText()).isEqualTo("\"edge wrote it\"");
        assertThat(conflict.path("lost").path("origin").asText()).isEqualTo("remote");
        assertThat(conflict.path("lost").path("peer").asText()).startsWith("12D3");
        assertThat(conflict.path("lost").path("signer").asText()).startsWith("did:key:");
        assertThat(conflict.path("lost").path("signer").asText())
            .isNotEqualTo(conflict.path("kept").path("signer").asText());
        assertThat(told.get(0).docId()).isEqualTo(conflict.path("docID").asText());
        assertThat(events.read(3, PATIENCE)).hasSize(3); // the loser changed nothing
      }
    }
  }

  @Test
  @Proves("include.schema.changes")
  void givenAPatch_whenRead_thenTheNewVersionIsToldAndLaterEventsHaveItsFields() throws Exception {
    String collection = collection("n: Int");
    create(collection, "n: 1");
    String source = house.addSource(collection, Map.of("include.schema.changes", "true"));
    try (Topic events = new Topic(house, source + "." + collection);
        Topic schemas = new Topic(house, source)) {
      assertThat(events.read(1, PATIENCE).get(0).after().has("town")).isFalse();
      house.node.patchSchema(
          "[{\"op\":\"add\",\"path\":\"/"
              + collection
              + "/Fields/-\",\"value\":{\"Name\":\"town\",\"Kind\":\"String\"}}]");
      create(collection, "n: 2, town: \"Leiden\"");
      List<Topic.Event> all = events.read(2, PATIENCE);
      assertThat(all.get(1).after().path("town").asText()).isEqualTo("Leiden");
      List<Topic.Event> told = schemas.read(1, PATIENCE);
      JsonNode last = told.get(told.size() - 1).value();
      assertThat(last.path("collection").asText()).isEqualTo(collection);
      assertThat(last.path("ordinal").asInt()).isEqualTo(2);
      assertThat(last.path("schemaVersion").asText())
          .isEqualTo(all.get(1).value().path("source").path("schemaVersion").asText());
      JsonNode change = last.path("tableChanges").get(0);
      assertThat(change.path("type").asText()).isEqualTo("ALTER");
      assertThat(change.path("table").path("columns").findValuesAsText("name"))
          .containsExactly("n", "town");
      assertThat(told).hasSize(1);
    }
  }

  @Test
  @Proves({"heartbeat.interval.ms", "topic.heartbeat.prefix"})
  void givenAQuietCollection_whenOthersChange_thenHeartbeatsCarryTheOffsetOn() throws Exception {
    String quiet = collection("n: Int");
    String busy = collection("n: Int");
    String source =
        house.addSource(
            quiet, Map.of("heartbeat.interval.ms", "300", "topic.heartbeat.prefix", "pulse"));
    try (Topic beats = new Topic(house, "pulse." + source)) {
      assertThat(beats.read(1, PATIENCE)).isNotEmpty();
      create(busy, "n: 1");
      long newest = house.node.changesInfo().path("newestSeq").asLong();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                String offsets =
                    house.connect.call("GET", "/connectors/" + source + "/offsets", "");
                JsonNode offset =
                    new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(offsets)
                        .path("offsets")
                        .path(0)
                        .path("offset");
                return offset.path("seq").asLong() >= newest;
              });
    }
  }

  @Test
  @Proves({"tombstones.on.delete", "output.format"})
  void givenDeletes_whenRead_thenEachFormatEndsWithANullValue() throws Exception {
    String collection = collection("n: Int");
    create(collection, "n: 1");
    String envelopes = house.addSource(collection, Map.of("tombstones.on.delete", "true"));
    String documents = house.addSource(collection, Map.of("output.format", "document"));
    try (Topic full = new Topic(house, envelopes + "." + collection);
        Topic bare = new Topic(house, documents + "." + collection)) {
      assertThat(full.read(1, PATIENCE)).hasSize(1);
      assertThat(bare.read(1, PATIENCE).get(0).value().path("n").asLong()).isEqualTo(1);
      house.node.graphql("mutation { delete_" + collection + " { _docID } }", Map.of());
      assertThat(full.read(3, PATIENCE))
          .extracting(Topic.Event::op)
          .containsExactly("r", "d", "tombstone");
      List<Topic.Event> all = bare.read(2, PATIENCE);
      assertThat(all).hasSize(2);
      assertThat(all.get(1).value()).isNull();
    }
  }

  private static String collection(String fields) throws Exception {
    String name = House.fresh("Told");
    house.node.addSchema("type " + name + " { " + fields + " }");
    return name;
  }

  private static void create(String collection, String input) throws Exception {
    house.node.graphql(
        "mutation { create_" + collection + "(input: {" + input + "}) { _docID } }",
        new HashMap<>());
  }

  private static String update(String collection, String input) {
    return "mutation { update_" + collection + "(input: {" + input + "}) { _docID } }";
  }
}
