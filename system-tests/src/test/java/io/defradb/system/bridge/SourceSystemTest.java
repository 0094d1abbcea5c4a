package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  void givenDocumentsBeforeAndAfter_whenRead_thenEachIsReadOnceAndEachChangeIsOneEvent()
      throws Exception {
    String collection = collection();
    create(collection, 0, 50);
    String source = house.addSource(collection, Map.of());
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(ops(events.read(50, PATIENCE))).isEqualTo(Map.of("r", 50L));
      create(collection, 50, 80);
      house.node.graphql(
          "mutation { update_"
              + collection
              + "(filter: {n: {_lt: 10}}, input: {name: \"new\"}) { _docID } }",
          Map.of());
      house.node.graphql(
          "mutation { delete_" + collection + "(filter: {n: {_ge: 70}}) { _docID } }", Map.of());
      List<Topic.Event> all = events.read(100, PATIENCE);
      assertThat(ops(all)).isEqualTo(Map.of("r", 50L, "c", 30L, "u", 10L, "d", 10L));
      assertThat(table(all)).isEqualTo(documents(collection));
    }
  }

  @Test
  void givenAWorkerKilledAndANodeKilled_whenBack_thenEveryCommitIsExactlyOneEvent()
      throws Exception {
    String collection = collection();
    create(collection, 0, 1);
    String source = house.addSource(collection, Map.of());
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(1, PATIENCE)).hasSize(1); // what follows is read from the feed
      create(collection, 1, 400);
      house.killWorker();
      create(collection, 400, 600);
      house.startWorker();
      create(collection, 600, 700);
      house.killNode();
      house.startNode();
      create(collection, 700, 750);
      List<Topic.Event> all = events.read(750, PATIENCE);
      assertThat(ops(all)).isEqualTo(Map.of("r", 1L, "c", 749L));
      assertThat(table(all)).isEqualTo(documents(collection));
    }
  }

  @Test
  void givenABrokerKilled_whenBack_thenNothingIsLostOrDoubled() throws Exception {
    String collection = collection();
    String source = house.addSource(collection, Map.of());
    await().atMost(PATIENCE).until(() -> house.connect.isRunning(source));
    create(collection, 0, 100);
    house.killBroker();
    create(collection, 100, 200);
    house.startBroker();
    HangingTransactions.end(house);
    create(collection, 200, 300);
    try (Topic events = new Topic(house, source + "." + collection)) {
      List<Topic.Event> all = events.read(300, PATIENCE);
      assertThat(all).hasSize(300);
      assertThat(table(all)).isEqualTo(documents(collection));
    }
  }

  @Test
  void givenSeveralTasksByShard_whenRead_thenEveryDocumentComesOnceAndInOrder() throws Exception {
    String collection = collection();
    create(collection, 0, 50);
    String source = house.addSource(collection, Map.of("defradb.shards", "3", "tasks.max", "3"));
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(50, PATIENCE)).hasSize(50); // every shard's snapshot is over
      create(collection, 50, 200);
      house.node.graphql(
          "mutation { update_" + collection + "(input: {name: \"again\"}) { _docID } }", Map.of());
      List<Topic.Event> all = events.read(400, PATIENCE);
      assertThat(all).hasSize(400);
      assertThat(table(all)).isEqualTo(documents(collection));
    }
  }

  @Test
  void givenTheCommitFormat_whenVerified_thenEveryCommitOfTheHistoryProvesItself()
      throws Exception {
    String collection = collection();
    create(collection, 0, 20);
    house.node.graphql(
        "mutation { update_" + collection + "(input: {name: \"again\"}) { _docID } }", Map.of());
    String source =
        house.addSource(
            collection,
            Map.of(
                "output.format",
                "commit",
                "transforms",
                "verify",
                "transforms.verify.type",
                "io.defradb.connect.source.transform.VerifyCommit"));
    try (Topic events = new Topic(house, source + "." + collection)) {
      List<Topic.Event> all = events.read(40, PATIENCE);
      assertThat(ops(all)).isEqualTo(Map.of("c", 20L, "u", 20L));
      for (Topic.Event event : all) {
        byte[] block = Base64.getDecoder().decode(event.value().path("block").asText());
        String cid = Cid.of(Cid.DAG_CBOR, block).toString();
        assertThat(cid).isEqualTo(event.value().path("cid").asText());
        assertThat(event.value().path("signer").asText()).startsWith("did:key:");
        assertThat(event.value().path("fields"))
            .hasSize(event.value().path("height").asLong() == 1 ? 3 : 1);
      }
    }
  }

  @Test
  void givenTheDocumentsAlone_whenExtractedFromEnvelopes_thenADeleteIsATombstone()
      throws Exception {
    String collection = collection();
    create(collection, 0, 2);
    house.node.graphql(
        "mutation { delete_" + collection + "(filter: {n: {_eq: 1}}) { _docID } }", Map.of());
    String source =
        house.addSource(
            collection,
            Map.of(
                "transforms",
                "state",
                "transforms.state.type",
                "io.defradb.connect.source.transform.ExtractNewDocumentState",
                "transforms.state.add.fields",
                "op"));
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(1, PATIENCE)).hasSize(1);
      create(collection, 2, 3);
      house.node.graphql(
          "mutation { delete_" + collection + "(filter: {n: {_eq: 2}}) { _docID } }", Map.of());
      List<Topic.Event> all = events.read(3, PATIENCE);
      assertThat(all).hasSize(3);
      assertThat(all.get(0).value().path("__op").asText()).isEqualTo("r");
      assertThat(all.get(1).value().path("n").asLong()).isEqualTo(2);
      assertThat(all.get(1).value().path("__op").asText()).isEqualTo("c");
      assertThat(all.get(2).value()).isNull();
    }
  }

  @Test
  void givenAnOutbox_whenItsDocumentsAreRouted_thenTheTopicHasTheirMessages() throws Exception {
    String outbox = House.fresh("Outbox");
    String type = House.fresh("order");
    house.node.addSchema(
        "type " + outbox + " { aggregatetype: String aggregateid: String payload: JSON }");
    house.addSource(
        outbox,
        Map.of(
            "transforms",
            "outbox",
            "transforms.outbox.type",
            "io.defradb.connect.source.transform.OutboxRouter",
            "transforms.outbox.collection.expand.json.payload",
            "true",
            "key.converter",
            "org.apache.kafka.connect.json.JsonConverter",
            "key.converter.schemas.enable",
            "false"));
    house.node.graphql(
        "mutation { create_"
            + outbox
            + "(input: {aggregatetype: \""
            + type
            + "\", aggregateid: \"o17\", payload: {sum: 3}}) { _docID } }",
        Map.of());
    try (Topic messages = new Topic(house, "outbox.event." + type)) {
      Topic.Event message = messages.read(1, PATIENCE).get(0);
      assertThat(message.key().asText()).isEqualTo("o17");
      assertThat(message.value()).hasToString("{\"sum\":3}");
      assertThat(messages.letters(1, PATIENCE).get(0).headers().get("id")).startsWith("bae-");
    }
  }

  private static String collection() throws Exception {
    String name = House.fresh("Thing");
    house.node.addSchema("type " + name + " { n: Int name: String big: Int }");
    return name;
  }

  private static void create(String collection, int from, int to) throws Exception {
    var inputs = new StringBuilder();
    for (int n = from; n < to; n++) {
      inputs
          .append("{n: ")
          .append(n)
          .append(", name: \"name ")
          .append(n)
          .append("\", big: 9007199254740993}");
    }
    house.node.graphql(
        "mutation { create_" + collection + "(input: [" + inputs + "]) { _docID } }", Map.of());
  }

  private static Map<String, Long> ops(List<Topic.Event> events) {
    return events.stream().collect(Collectors.groupingBy(Topic.Event::op, Collectors.counting()));
  }

  /** What a consumer's table holds after all events; a document must never be created twice. */
  private static Map<String, String> table(List<Topic.Event> events) {
    Map<String, String> table = new HashMap<>();
    for (Topic.Event event : events) {
      if (event.op().equals("d")) {
        assertThat(table.remove(event.docId())).isNotNull();
      } else {
        String before = table.put(event.docId(), shown(event.after()));
        assertThat(before == null)
            .as("first event of %s", event.docId())
            .isEqualTo(!event.op().equals("u"));
      }
    }
    return table;
  }

  private static Map<String, String> documents(String collection) throws Exception {
    Map<String, String> documents = new HashMap<>();
    house
        .node
        .graphql("{ " + collection + " { _docID n name big } }", Map.of())
        .path(collection)
        .forEach(document -> documents.put(document.path("_docID").asText(), shown(document)));
    return documents;
  }

  private static String shown(JsonNode document) {
    return document.path("n").asLong()
        + " "
        + document.path("name").asText()
        + " "
        + document.path("big").asLong();
  }
}
