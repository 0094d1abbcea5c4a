package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One setting of the source after the other, in a real worker. */
class SourceSettingsSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Proves({"field.include.list", "skipped.operations", "skip.messages.without.change"})
  void givenFieldsAndOperationsToSkip_whenRead_thenOnlyTheOthersAreSent() throws Exception {
    String collection = collection();
    String source =
        started(
            collection,
            Map.of(
                "field.include.list", "n",
                "skipped.operations", "d",
                "skip.messages.without.change", "true"));
    create(collection, 1);
    update(collection, "name: \"unseen\"");
    update(collection, "n: 7");
    delete(collection);
    create(collection, 2);
    try (Topic events = new Topic(house, source + "." + collection)) {
      List<Topic.Event> all = events.read(4, PATIENCE);
      assertThat(all).extracting(Topic.Event::op).containsExactly("r", "c", "u", "c");
      assertThat(all)
          .allSatisfy(
              event -> assertThat(event.after().fieldNames()).toIterable().containsExactly("n"));
      assertThat(all.get(2).after().path("n").asLong()).isEqualTo(7);
    }
  }

  @Test
  @Proves({"document.include.list"})
  void givenOneDocument_whenRead_thenSnapshotAndStreamHaveNoOther() throws Exception {
    String collection = collection();
    String wanted = create(collection, 1);
    create(collection, 2);
    String source = house.addSource(collection, Map.of("document.include.list", wanted));
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(1, PATIENCE)).extracting(Topic.Event::docId).containsExactly(wanted);
      update(collection, "n: 9");
      List<Topic.Event> all = events.read(2, PATIENCE);
      assertThat(all).extracting(Topic.Event::docId).containsExactly(wanted, wanted);
      assertThat(all).extracting(Topic.Event::op).containsExactly("r", "u");
    }
  }

  @Test
  @Proves({"origin.exclude.list"})
  void givenASinkIntoTheSameCollection_whenItsWritesAreExcluded_thenNothingGoesRound()
      throws Exception {
    String collection = House.fresh("Loop");
    house.node.addSchema("type " + collection + " { id: String n: Int }");
    String source = started(collection, Map.of("origin.exclude.list", "ingest"));
    try (Topic records = Topic.create(house, House.fresh("loop"), 1)) {
      house.addSink(records.name(), collection, Map.of());
      records.write("{\"id\":\"a\"}", "{\"n\":1}");
      records.flush();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  house
                          .node
                          .graphql("{ " + collection + " { n } }", Map.of())
                          .path(collection)
                          .size()
                      == 2);
    }
    house.node.graphql(
        "mutation { create_" + collection + "(input: {n: 2}) { _docID } }", Map.of());
    try (Topic events = new Topic(house, source + "." + collection)) {
      List<Topic.Event> all = events.read(2, PATIENCE);
      assertThat(all).hasSize(2);
      assertThat(all.get(1).after().path("n").asLong()).isEqualTo(2);
    }
  }

  @Test
  @Proves({"provide.transaction.metadata", "topic.transaction"})
  void givenTransactionsToTell_whenRead_thenEachIsBracketed() throws Exception {
    String collection = collection();
    String source =
        started(
            collection,
            Map.of(
                "provide.transaction.metadata", "true",
                "topic.transaction", "transactions",
                "transaction.boundary", "connector"));
    house.node.graphql(
        "mutation { create_" + collection + "(input: [{n: 1}, {n: 2}, {n: 3}]) { _docID } }",
        Map.of());
    try (Topic marks = new Topic(house, source + ".transactions");
        Topic events = new Topic(house, source + "." + collection)) {
      List<Topic.Event> all = marks.read(2, PATIENCE);
      assertThat(all)
          .extracting(mark -> mark.value().path("status").asText())
          .containsExactly("BEGIN", "END");
      assertThat(all.get(1).value().path("event_count").asLong()).isEqualTo(3);
      assertThat(
              all.get(1).value().path("data_collections").get(0).path("data_collection").asText())
          .isEqualTo(collection);
      String id = all.get(0).value().path("id").asText();
      assertThat(events.read(4, PATIENCE).subList(1, 4))
          .extracting(event -> event.value().path("transaction").path("id").asText())
          .containsOnly(id);
    }
  }

  @Test
  @Proves({"document.exclude.list", "field.exclude.list"})
  void givenADocumentAndAFieldToLeaveOut_whenRead_thenSnapshotAndStreamHaveAllButThem()
      throws Exception {
    String collection = collection();
    String unwanted = create(collection, 1);
    String wanted = create(collection, 2);
    String source =
        house.addSource(
            collection,
            Map.of("document.exclude.list", unwanted, "field.exclude.list", collection + ".name"));
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(1, PATIENCE)).extracting(Topic.Event::docId).containsExactly(wanted);
      update(collection, "name: \"again\"");
      List<Topic.Event> all = events.read(2, PATIENCE);
      assertThat(all).extracting(Topic.Event::docId).containsExactly(wanted, wanted);
      assertThat(all)
          .allSatisfy(
              event -> assertThat(event.after().fieldNames()).toIterable().containsExactly("n"));
    }
  }

  @Test
  @Proves({
    "collection.include.list",
    "collection.exclude.list",
    "collection.discovery.interval.ms",
    "guardrail.collections.max",
    "guardrail.collections.limit.action"
  })
  void givenCollectionsByExpression_whenNewOnesCome_thenTheyAreReadAndTheExcludedAreNot()
      throws Exception {
    String family = House.fresh("Family");
    String first = family + "A";
    String second = family + "B";
    house.node.addSchema("type " + first + " { n: Int name: String }");
    create(first, 1);
    String including =
        house.addSource(family + ".*", Map.of("collection.discovery.interval.ms", "200"));
    String excluding =
        house.addSource(
            "",
            Map.of(
                "collection.exclude.list",
                "(?!" + family + ").*," + second,
                "collection.discovery.interval.ms",
                "200"));
    String guarded = house.addSource(family + ".*", guarded("fail", 1));
    String warned = house.addSource(family + ".*", guarded("warn", 1));
    for (String source : List.of(including, excluding, guarded, warned)) {
      try (Topic events = new Topic(house, source + "." + first)) {
        assertThat(events.read(1, PATIENCE)).hasSize(1);
      }
    }
    house.node.addSchema("type " + second + " { n: Int name: String }");
    create(second, 2);
    for (String source : List.of(including, warned)) {
      try (Topic events = new Topic(house, source + "." + second)) {
        assertThat(events.read(1, PATIENCE)).hasSize(1);
      }
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(house.connect.call("GET", "/connectors/" + guarded + "/status", ""))
                    .contains("FAILED", "2 collections are to be read"));
    assertThatThrownBy(() -> house.addSource(family + ".*", guarded("fail", 1)))
        .hasMessageContaining("2 collections are to be read");
    create(first, 3);
    try (Topic events = new Topic(house, excluding + "." + first)) {
      assertThat(events.read(2, PATIENCE)).extracting(Topic.Event::op).containsExactly("r", "c");
    }
    assertThat(house.connect.call("GET", "/connectors/" + excluding + "/offsets", ""))
        .contains(first)
        .doesNotContain(second);
  }

  private static Map<String, String> guarded(String action, int max) {
    return Map.of(
        "collection.discovery.interval.ms",
        "200",
        "guardrail.collections.limit.action",
        action,
        "guardrail.collections.max",
        String.valueOf(max));
  }

  @Test
  @Proves({
    "binary.handling.mode",
    "schema.name.adjustment.mode",
    "extended.headers.enabled",
    "event.oversize.handling.mode",
    "event.oversize.threshold.bytes"
  })
  void givenHowEventsAreToLook_whenRead_thenBlobsSchemasAndHeadersLookSo() throws Exception {
    String collection = House.fresh("Looked");
    house.node.addSchema("type " + collection + " { raw: Blob text: String }");
    house.node.graphql(
        "mutation { create_"
            + collection
            + "(input: {raw: \"00ff10\", text: \""
            + "x".repeat(300)
            + "\"}) { _docID } }",
        Map.of());
    String prefix = House.fresh("with-hyphen");
    String source =
        house.addSource(
            collection,
            Map.of(
                "topic.prefix", prefix,
                "binary.handling.mode", "base64",
                "schema.name.adjustment.mode", "avro",
                "extended.headers.enabled", "true",
                "event.oversize.handling.mode", "claim",
                "event.oversize.threshold.bytes", "200",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "true"));
    try (Topic events = new Topic(house, prefix + "." + collection)) {
      JsonNode value = events.read(1, PATIENCE).get(0).value();
      assertThat(value.at("/payload/after/raw").asText()).isEqualTo("AP8Q");
      assertThat(value.at("/schema/name").asText())
          .isEqualTo(prefix.replace('-', '_') + "." + collection + ".Envelope");
      assertThat(value.at("/payload/after/text").isNull()).isTrue();
      JsonNode origin = value.at("/payload/source");
      String claimed =
          house
              .node
              .graphql(
                  "{ %s(docID: \"%s\", cid: \"%s\") { text } }"
                      .formatted(
                          collection, origin.path("docID").asText(), origin.path("cid").asText()),
                  Map.of())
              .at("/" + collection + "/0/text")
              .asText();
      assertThat(claimed).hasSize(300);
      assertThat(events.letters(1, PATIENCE).get(0).headers())
          .containsEntry("defradb.claim", "after.text")
          .containsEntry("__debezium.context.connectorLogicalName", prefix)
          .containsEntry("__debezium.context.connectorName", source)
          .containsEntry("__debezium.context.taskId", "0");
    }
  }

  /** A source that streams: it has sent the one document there was. */
  private static String started(String collection, Map<String, String> settings) throws Exception {
    house.node.graphql(
        "mutation { create_" + collection + "(input: {n: -1}) { _docID } }", Map.of());
    String source = house.addSource(collection, settings);
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(1, PATIENCE)).extracting(Topic.Event::op).containsExactly("r");
    }
    return source;
  }

  private static String collection() throws Exception {
    String name = House.fresh("Chosen");
    house.node.addSchema("type " + name + " { n: Int name: String }");
    return name;
  }

  private static String create(String collection, int n) throws Exception {
    String input = "(input: {n: " + n + ", name: \"name\"})";
    return house
        .node
        .graphql("mutation { create_" + collection + input + " { _docID } }", Map.of())
        .path("create_" + collection)
        .get(0)
        .path("_docID")
        .asText();
  }

  private static void update(String collection, String input) throws Exception {
    house.node.graphql(
        "mutation { update_"
            + collection
            + "(filter: {n: {_ge: 0}}, input: {"
            + input
            + "}) { _docID } }",
        Map.of());
  }

  private static void delete(String collection) throws Exception {
    house.node.graphql(
        "mutation { delete_" + collection + "(filter: {n: {_ge: 0}}) { _docID } }", Map.of());
  }
}
