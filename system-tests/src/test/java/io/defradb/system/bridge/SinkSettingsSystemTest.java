package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.QuickstartFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the sink's settings do, each in the distributed worker. */
class SinkSettingsSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Covers({"defradb.encrypt", "defradb.encrypt.fields"})
  void givenEncryption_whenSunk_thenNoBlockShowsAValueThatIsToBeHidden() throws Exception {
    String clear = collection("name: String town: String");
    String whole = collection("name: String town: String");
    String some = collection("name: String town: String");
    try (Topic topic = topic()) {
      house.addSink(topic.name(), clear, Map.of());
      house.addSink(topic.name(), whole, Map.of("defradb.encrypt", "true"));
      house.addSink(topic.name(), some, Map.of("defradb.encrypt.fields", "town"));
      topic.write("{\"id\":\"a\"}", "{\"name\":\"Mata Hari\",\"town\":\"Leeuwarden\"}");
      topic.flush();
      for (String collection : List.of(clear, whole, some)) {
        awaitRows(collection, "town", Map.of("a", "Leeuwarden"));
      }
      assertThat(blocks(clear)).contains("Mata Hari").contains("Leeuwarden");
      assertThat(blocks(whole)).doesNotContain("Mata Hari").doesNotContain("Leeuwarden");
      assertThat(blocks(some)).contains("Mata Hari").doesNotContain("Leeuwarden");
    }
  }

  @Test
  @Covers("insert.mode")
  void givenInsertMode_whenAKeyComesTwice_thenTheSecondIsADeadLetterWithTheNodesAnswer()
      throws Exception {
    String inserted = collection("name: String");
    String updated = collection("name: String");
    try (Topic topic = topic();
        Topic dead = topic();
        Topic unknown = topic()) {
      house.addSink(topic.name(), inserted, tolerant(dead, Map.of("insert.mode", "insert")));
      house.addSink(topic.name(), updated, tolerant(unknown, Map.of("insert.mode", "update")));
      topic.write("{\"id\":\"a\"}", "{\"name\":\"first\"}");
      topic.write("{\"id\":\"a\"}", "{\"name\":\"second\"}");
      topic.flush();
      List<Topic.Letter> letters = dead.letters(1, PATIENCE);
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).headers().get("__connect.errors.exception.message"))
          .contains("a document with the given ID already exists")
          .contains("DOCUMENT_EXISTS");
      assertThat(letters.get(0).headers()).containsEntry("__connect.errors.offset", "1");
      awaitRows(inserted, "name", Map.of("a", "first"));
      assertThat(unknown.letters(2, PATIENCE))
          .hasSize(2)
          .allSatisfy(
              letter ->
                  assertThat(letter.headers().get("__connect.errors.exception.message"))
                      .contains("DOCUMENT_NOT_FOUND"));
    }
  }

  @Test
  @Covers({"primary.key.mode", "primary.key.fields"})
  void givenOtherKeys_whenSunk_thenValueFieldsOrTheRecordsPlaceMakeTheDocument() throws Exception {
    String byValue = collection("name: String");
    String byPlace = collection("name: String t: String p: Int o: Int");
    try (Topic topic = topic()) {
      house.addSink(
          topic.name(),
          byValue,
          Map.of("primary.key.mode", "record_value", "primary.key.fields", "id"));
      house.addSink(
          topic.name(),
          byPlace,
          Map.of(
              "primary.key.mode", "kafka",
              "primary.key.fields", "t,p,o",
              "delete.enabled", "false"));
      topic.write("{\"x\":1}", "{\"id\":\"a\",\"name\":\"first\"}");
      topic.write("{\"x\":1}", "{\"id\":\"a\",\"name\":\"second\"}");
      topic.flush();
      awaitRows(byValue, "name", Map.of("a", "second"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rows("{ " + byPlace + " { t p o name } }", byPlace))
                      .containsExactlyInAnyOrder(
                          "{\"name\":\"first\",\"o\":0,\"p\":0,\"t\":\"" + topic.name() + "\"}",
                          "{\"name\":\"second\",\"o\":1,\"p\":0,\"t\":\"" + topic.name() + "\"}"));
    }
  }

  @Test
  @Covers("delete.enabled")
  void givenDocIdKeys_whenSunk_thenDocumentsMadeElsewhereAreUpdatedAndDeleted() throws Exception {
    String collection = collection("name: String");
    JsonNode created =
        house.node.graphql(
            "mutation { create_"
                + collection
                + "(input: [{id: \"a\", name: \"old\"}, {id: \"b\", name: \"old\"}]) { _docID id }"
                + " }",
            Map.of());
    Map<String, String> docIds = new TreeMap<>();
    created
        .elements()
        .next()
        .forEach(row -> docIds.put(row.path("id").asText(), row.path("_docID").asText()));
    try (Topic topic = topic()) {
      house.addSink(
          topic.name(),
          collection,
          Map.of(
              "primary.key.mode", "docid",
              "insert.mode", "update",
              "primary.key.fields", ""));
      topic.write("{\"docID\":\"" + docIds.get("a") + "\"}", "{\"name\":\"new\"}");
      topic.write("{\"docID\":\"" + docIds.get("b") + "\"}", null);
      topic.flush();
      awaitRows(collection, "name", Map.of("a", "new"));
    }
  }

  @Test
  @Covers("primary.key.match")
  void givenDocumentsThatWereNotMadeByASink_whenMatchedByIndex_thenTheyAreUpdated()
      throws Exception {
    String collection = House.fresh("Indexed");
    house.node.addSchema(
        "type " + collection + " { id: String @index(unique: true) name: String }");
    house.node.graphql(
        "mutation { create_" + collection + "(input: {id: \"a\", name: \"old\"}) { _docID } }",
        Map.of());
    try (Topic topic = topic()) {
      house.addSink(topic.name(), collection, Map.of("primary.key.match", "index"));
      topic.write("{\"id\":\"a\"}", "{\"name\":\"new\"}");
      topic.flush();
      awaitRows(collection, "name", Map.of("a", "new"));
    }
  }

  @Test
  @Covers({"field.rename", "field.include.list", "field.exclude.list"})
  void givenNamesAndSelections_whenSunk_thenOnlyWhatIsAskedForArrivesUnderItsNewName()
      throws Exception {
    String collection = collection("name: String note: String");
    try (Topic topic = topic()) {
      house.addSink(
          topic.name(),
          collection,
          Map.of(
              "field.rename", "no:id,title:name",
              "field.include.list", "name,note",
              "field.exclude.list", "note"));
      topic.write("{\"no\":\"a\"}", "{\"title\":\"first\",\"note\":\"x\",\"other\":1}");
      topic.flush();
      awaitRows(collection, "name", Map.of("a", "first"));
      assertThat(rows("{ " + collection + " { note } }", collection))
          .containsExactly("{\"note\":null}");
    }
  }

  @Test
  @Covers("relation.fields")
  void givenKeysOfRelatedDocuments_whenSunk_thenTheRelationHoldsWhicheverComesFirst()
      throws Exception {
    String customer = House.fresh("Customer");
    String order = House.fresh("Order");
    house.node.addSchema(
        "type "
            + customer
            + " { id: String name: String orders: ["
            + order
            + "] } type "
            + order
            + " { id: String what: String customer: "
            + customer
            + " }");
    try (Topic orders = topic();
        Topic customers = topic()) {
      house.addSink(orders.name(), order, Map.of("relation.fields", "customer_no:customer.id"));
      orders.write("{\"id\":\"o1\"}", "{\"what\":\"tea\",\"customer_no\":\"c1\"}");
      orders.flush();
      awaitRows(order, "what", Map.of("o1", "tea"));
      house.addSink(customers.name(), customer, Map.of());
      customers.write("{\"id\":\"c1\"}", "{\"name\":\"Ann\"}");
      customers.flush();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rows("{ " + customer + " { name orders { what } } }", customer))
                      .containsExactly("{\"name\":\"Ann\",\"orders\":[{\"what\":\"tea\"}]}"));
    }
  }

  @Test
  @Covers({"auto.create", "schema.evolution"})
  void givenACollectionThatIsMissing_whenItMayBeCreatedAndGrow_thenItTakesEveryRecord()
      throws Exception {
    String collection = House.fresh("Grown");
    try (Topic topic = topic()) {
      house.addSink(
          topic.name(),
          collection,
          Map.of("auto.create", "true", "schema.evolution", "basic", "tasks.max", "2"));
      topic.write("{\"id\":\"a\"}", "{\"name\":\"first\",\"n\":1}");
      topic.write(
          "{\"id\":\"b\"}", "{\"name\":\"second\",\"tags\":[\"x\",\"y\"],\"where\":{\"x\":1}}");
      topic.write("{\"id\":\"a\"}", null);
      topic.write("{\"id\":\"a\"}", "{\"name\":\"again\"}");
      topic.flush();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(
                          rows(
                              "{ " + collection + " { id name n tags where generation } }",
                              collection))
                      .containsExactlyInAnyOrder(
                          "{\"generation\":1,\"id\":\"a\",\"n\":null,\"name\":\"again\","
                              + "\"tags\":null,\"where\":null}",
                          "{\"generation\":null,\"id\":\"b\",\"n\":null,\"name\":\"second\","
                              + "\"tags\":[\"x\",\"y\"],\"where\":{\"x\":1}}"));
    }
  }

  @Test
  @Covers("defradb.position.adopt")
  void givenATopicMadeAnew_whenTheSinkComesBack_thenItRefusesUntilItIsToldToTakeItOver()
      throws Exception {
    givenATopicMadeAnew(Map.of(), "the record at the stored position is another one");
  }

  @Test
  void givenATopicMadeAnew_whenTheClusterIsAsked_thenItsIdsTell() throws Exception {
    givenATopicMadeAnew(
        Map.of("admin.bootstrap.servers", house.settings.kafkaAddress()), "topic id");
  }

  private static void givenATopicMadeAnew(Map<String, String> more, String reason)
      throws Exception {
    String collection = collection("name: String");
    String name = House.fresh("remade");
    String sink;
    try (Topic topic = Topic.create(house, name, 1)) {
      sink = house.addSink(name, collection, more);
      topic.write("{\"id\":\"a\"}", "{\"name\":\"old\"}");
      topic.write("{\"id\":\"b\"}", "{\"name\":\"old\"}");
      topic.flush();
      awaitRows(collection, "name", Map.of("a", "old", "b", "old"));
    }
    stop(sink);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", house.settings.kafkaAddress()))) {
      String group = "connect-" + sink;
      await() // a consumer that asks for a topic which is gone would make it again
          .atMost(PATIENCE)
          .until(
              () ->
                  admin
                      .describeConsumerGroups(List.of(group))
                      .all()
                      .get(60, TimeUnit.SECONDS)
                      .get(group)
                      .members()
                      .isEmpty());
      admin.deleteTopics(List.of(name)).all().get(60, TimeUnit.SECONDS);
      await()
          .atMost(PATIENCE)
          .until(() -> !admin.listTopics().names().get(60, TimeUnit.SECONDS).contains(name));
    }
    try (Topic topic = Topic.create(house, name, 1)) {
      topic.write("{\"id\":\"c\"}", "{\"name\":\"new\"}");
      topic.write("{\"id\":\"d\"}", "{\"name\":\"new\"}");
      topic.write("{\"id\":\"e\"}", "{\"name\":\"new\"}");
      topic.flush();
      house.connect.call("PUT", "/connectors/" + sink + "/resume", "");
      await().atMost(PATIENCE).until(() -> failure(sink).contains(reason));
      assertThat(rows("{ " + collection + " { id } }", collection)).hasSize(2);
      Map<String, String> settings = new TreeMap<>(house.sinkSettings(name, collection));
      settings.putAll(more);
      settings.put("defradb.position.adopt", "true");
      house.connect.put(sink, settings);
      awaitRows(
          collection, "name", Map.of("a", "old", "b", "old", "c", "new", "d", "new", "e", "new"));
    }
  }

  @Test
  void givenOffsetsSetByHand_whenTheyGoBack_thenTheReasonIsTold_elseTheNodesPositionFollows()
      throws Exception {
    String collection = collection("name: String");
    try (Topic topic = topic()) {
      String sink = house.addSink(topic.name(), collection, Map.of());
      for (String id : List.of("a", "b")) {
        topic.write("{\"id\":\"" + id + "\"}", "{\"name\":\"x\"}");
      }
      topic.flush();
      awaitRows(collection, "name", Map.of("a", "x", "b", "x"));
      stop(sink);
      awaitPatched(sink, topic, 0, "would count increments twice");
      for (String id : List.of("c", "d", "e")) {
        topic.write("{\"id\":\"" + id + "\"}", "{\"name\":\"x\"}");
      }
      topic.flush();
      awaitPatched(sink, topic, 4, "altered");
      house.connect.call("PUT", "/connectors/" + sink + "/resume", "");
      awaitRows(collection, "name", Map.of("a", "x", "b", "x", "e", "x"));
    }
  }

  /** Until then its tasks may still be ending. */
  private static void awaitPatched(String sink, Topic topic, long offset, String answer) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(patchOffset(sink, topic, offset)).contains(answer));
  }

  private static String patchOffset(String sink, Topic topic, long offset) {
    return house.connect.call(
        "PATCH",
        "/connectors/" + sink + "/offsets",
        "{\"offsets\":[{\"partition\":{\"kafka_topic\":\""
            + topic.name()
            + "\",\"kafka_partition\":0},\"offset\":{\"kafka_offset\":"
            + offset
            + "}}]}");
  }

  @Test
  void givenALoopFromANodeToItself_whenADocumentChangesQuickly_thenItSettles() throws Exception {
    String collection = collection("name: String");
    create(collection, "z", "last");
    String source = house.addSource(collection, Map.of());
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(1, PATIENCE)).hasSize(1); // what follows is read from the feed
    }
    house.addSink(
        source + "." + collection,
        collection,
        Map.of("primary.key.mode", "record_value", "primary.key.fields", "id"));
    create(collection, "a", "0");
    for (int i = 1; i <= 20; i++) {
      house.node.graphql(
          "mutation { update_"
              + collection
              + "(filter: {id: {_eq: \"a\"}}, input: {name: \""
              + i
              + "\"}) { _docID } }",
          Map.of());
    }
    try (Topic events = new Topic(house, source + "." + collection)) {
      assertThat(events.read(22, PATIENCE)).as("no event more than changes").hasSize(22);
    }
    awaitRows(collection, "name", Map.of("a", "20", "z", "last"));
  }

  private static void create(String collection, String id, String name) throws Exception {
    house.node.graphql(
        "mutation { create_"
            + collection
            + "(input: {id: \""
            + id
            + "\", name: \""
            + name
            + "\"}) { _docID } }",
        Map.of());
  }

  @Test
  @Covers({"defradb.identity.key.type", "defradb.request.timeout.ms"})
  void givenAnIdentity_whenSunk_thenTheCommitsAreItsDocumentsAndAWrongKeyIsRefusedAtOnce()
      throws Exception {
    String collection = collection("name: String");
    try (Topic topic = topic()) {
      house.addSink(
          topic.name(),
          collection,
          Map.of(
              "defradb.identity.key",
              "e3b722906ee4e56368f581cd8b18ab0f48af1ea53e635e3f7b8acd076676f6ac",
              "defradb.request.timeout.ms",
              "5000",
              "batch.size",
              "1"));
      topic.write("{\"id\":\"a\"}", "{\"name\":\"first\"}");
      topic.flush();
      awaitRows(collection, "name", Map.of("a", "first"));
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () ->
                      house.addSink(
                          topic.name(), collection, Map.of("defradb.identity.key", "no key"))))
          .isInstanceOf(QuickstartFailure.class)
          .hasMessageContaining("defradb.identity.key")
          .hasMessageNotContaining("no key");
    }
  }

  @Test
  @Covers({"use.reduction.buffer", "collection.name.format"})
  void givenManyEventsOfOneDocument_whenReducedAndNamedByTheirSource_thenItHasFewCommits()
      throws Exception {
    String collection = collection("n: Int m: Int");
    try (Topic topic = topic()) {
      for (int n = 0; n < 400; n++) {
        topic.write(
            "{\"id\":\"a\"}",
            "{\"op\":\"u\",\"source\":{\"table\":\""
                + collection
                + "\"},\"after\":{\""
                + (n % 2 == 0 ? "n" : "m")
                + "\":"
                + n
                + "}}");
      }
      topic.flush();
      house.addSink(
          topic.name(),
          "${source.table}",
          Map.of("use.reduction.buffer", "true", "consumer.override.max.poll.records", "400"));
      awaitRows(collection, "n", Map.of("a", "398"));
      awaitRows(collection, "m", Map.of("a", "399"));
      JsonNode page = house.node.call("GET", "/changes?collections=" + collection, null);
      assertThat(page.path("results")).hasSizeBetween(1, 40);
    }
  }

  private static Map<String, String> tolerant(Topic dead, Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("errors.tolerance", "all");
    settings.put("errors.deadletterqueue.topic.name", dead.name());
    settings.put("errors.deadletterqueue.topic.replication.factor", "1");
    settings.put("errors.deadletterqueue.context.headers.enable", "true");
    return settings;
  }

  private static void stop(String sink) {
    house.connect.call("PUT", "/connectors/" + sink + "/stop", "");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                house
                    .connect
                    .call("GET", "/connectors/" + sink + "/status", "")
                    .contains("STOPPED"));
  }

  private static String failure(String sink) throws Exception {
    JsonNode status =
        new ObjectMapper()
            .readTree(house.connect.call("GET", "/connectors/" + sink + "/status", ""));
    return status.at("/tasks/0/trace").asText();
  }

  private static Topic topic() throws Exception {
    return Topic.create(house, House.fresh("records"), 1);
  }

  private static String collection(String fields) throws Exception {
    String name = House.fresh("Thing");
    house.node.addSchema("type " + name + " { id: String " + fields + " }");
    return name;
  }

  private static void awaitRows(String collection, String field, Map<String, String> expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, String> values = new TreeMap<>();
              house
                  .node
                  .graphql("{ " + collection + " { id " + field + " } }", Map.of())
                  .path(collection)
                  .forEach(row -> values.put(row.path("id").asText(), row.path(field).asText()));
              assertThat(values).isEqualTo(new TreeMap<>(expected));
            });
  }

  private static List<String> rows(String query, String collection) throws Exception {
    List<String> rows = new java.util.ArrayList<>();
    house.node.graphql(query, Map.of()).path(collection).forEach(row -> rows.add(row.toString()));
    return rows;
  }

  /** The bytes of all commits of a collection, as far as they are text. */
  private static String blocks(String collection) throws Exception {
    var text = new StringBuilder();
    JsonNode page =
        house.node.call("GET", "/changes?include=block,fields&collections=" + collection, null);
    page.path("results").forEach(entry -> collect(entry, text));
    assertThat(text).isNotEmpty();
    return text.toString();
  }

  private static void collect(JsonNode node, StringBuilder text) {
    node.properties()
        .forEach(
            member -> {
              if (member.getKey().equals("block") && member.getValue().isTextual()) {
                text.append(
                    new String(
                        Base64.getDecoder().decode(member.getValue().asText()),
                        StandardCharsets.ISO_8859_1));
              }
            });
    node.forEach(child -> collect(child, text));
  }
}
