package io.defradb.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.dag.CommitCheck;
import io.defradb.node.DefraNode;
import io.defradb.streams.conflict.ConflictAudit;
import io.defradb.streams.enrich.Enrichment;
import io.defradb.streams.events.JsonSerde;
import io.defradb.streams.evolve.Column;
import io.defradb.streams.evolve.Materialisation;
import io.defradb.streams.fleet.FleetTotals;
import io.defradb.streams.latest.LatestState;
import io.defradb.streams.verify.CommitVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Kafka Streams examples fed with what a node and the source's task really write, and their
 * output given to the real sink.
 */
class StreamsExamplesTest {
  private static final Map<String, String> COMMITS = Map.of("output.format", "commit");

  @TempDir Path folder;

  @Test
  void givenAPatchedCollection_whenRead_thenTableTotalsAndRowsAreTheCollection() throws Exception {
    try (var topic = new ChangeTopic(place("node"))) {
      create(topic, "Ann", 1);
      String bob = create(topic, "Bob", 2);
      topic.mutate("update_User(filter: {name: {_eq: \"Ann\"}}, input: {age: 30}) { _docID }");
      topic.mutate("delete_User(docID: \"" + bob + "\") { _docID }");
      topic.addField("city", "String");
      topic.mutate(
          "update_User(filter: {name: {_eq: \"Ann\"}}, input: {city: \"Bonn\"}) { _docID }");
      String cid = create(topic, "Cid", 12);
      List<SinkRecord> records = topic.take(7); // six changes and a tombstone
      var table = run(LatestState.topology("in", "out"), records);
      JsonNode found = topic.client().graphql("{ User { _docID name age city } }", Map.of());
      Map<String, String> collection = new HashMap<>();
      for (JsonNode user : found.path("User")) {
        collection.put(user.path("_docID").asText(), shown(user));
      }
      Map<String, String> living = new HashMap<>();
      table.forEach((docId, user) -> living.put(docId, user == null ? "" : shown(user)));
      assertThat(living.remove(bob)).isEmpty();
      assertThat(living).isEqualTo(collection).hasSize(2);

      var totals = run(FleetTotals.topology("in", "out", "isHere", List.of("age")), records);
      assertThat(totals.get("null").path("documents").asInt()).isEqualTo(2);
      assertThat(totals.get("null").path("age").asInt()).isEqualTo(42);

      var columns = Stream.of("fullName:string=name", "city", "age:int").map(Column::parse);
      var rows = run(Materialisation.topology("in", "out", columns.toList()), records);
      assertThat(rows.get(bob)).isNull();
      assertThat(rows.get(cid).path("fullName").asText()).isEqualTo("Cid");
      assertThat(rows.get(cid).path("city").isNull()).isTrue();
    }
  }

  @Test
  void givenTwoNodesThatEditAlike_whenAudited_thenBothSignaturesAreNamedAndAllIsProved()
      throws Exception {
    try (DefraNode edge =
            DefraNode.start(ChangeTopic.config(Files.createDirectory(place("edge"))));
        var hub = new ChangeTopic(Files.createDirectory(place("hub")), COMMITS)) {
      var edgeClient =
          new DefraClient(
              ClientSettings.anonymous("http://127.0.0.1:" + edge.httpAddress().getPort()));
      edgeClient.addSchema(ChangeTopic.SCHEMA);
      replicate(edgeClient, hub.client());
      String shared = createdBy(edgeClient, "shared");
      String doomed = createdBy(edgeClient, "doomed");
      List<SinkRecord> records = new ArrayList<>(hub.take(2));
      update(hub.client(), shared, "as the hub says, in more words");
      hub.mutate("delete_User(docID: \"" + doomed + "\") { _docID }");
      records.addAll(hub.take(2));
      update(edgeClient, shared, "as the edge says"); // it knows neither the update nor the delete
      update(edgeClient, doomed, "too late");
      records.addAll(hub.take(2));
      List<JsonNode> commits = records.stream().map(record -> json(record, false)).toList();
      String edgeDid = commits.get(0).path("signer").asText();
      String hubDid = commits.get(2).path("signer").asText();
      assertThat(edgeDid).startsWith("did:key:").isNotEqualTo(hubDid);

      var topology = ConflictAudit.topology("in", "out", "pairs", Duration.ofHours(1));
      var conflicts = run(topology, records);
      assertThat(conflicts).containsOnlyKeys(shared, doomed);
      JsonNode lost = conflicts.get(shared);
      assertThat(lost.path("decidedBy").asText()).isEqualTo("value");
      assertThat(lost.at("/winner/author").asText()).isEqualTo(hubDid);
      assertThat(lost.at("/winner/value").asText()).isEqualTo("as the hub says, in more words");
      assertThat(lost.at("/loser/author").asText()).isEqualTo(edgeDid);
      assertThat(lost.at("/loser/value").asText()).isEqualTo("as the edge says");
      JsonNode name = hub.client().graphql("{ User { name } }", Map.of());
      assertThat(name.at("/User/0/name").asText()).isEqualTo("as the hub says, in more words");
      assertThat(conflicts.get(doomed).path("decidedBy").asText()).isEqualTo("delete");
      assertThat(conflicts.get(doomed).at("/loser/author").asText()).isEqualTo(edgeDid);

      var check = new CommitCheck(true, Set.of(edgeDid, hubDid));
      assertThat(run(CommitVerifier.topology("in", "out", check, Duration.ofSeconds(1)), records))
          .isEmpty();
      var gap = CommitVerifier.topology("in", "out", check, Duration.ofSeconds(1));
      String first = commits.get(0).path("docID").asText(); // documents come in either order
      assertThat(run(gap, records.subList(1, records.size())))
          .containsOnlyKeys(first)
          .allSatisfy(
              (docId, alarm) -> assertThat(alarm.path("alarm").asText()).isEqualTo("missing"));
      var strange = new CommitCheck(true, Set.of(hubDid));
      assertThat(run(CommitVerifier.topology("in", "out", strange, Duration.ofHours(1)), records))
          .containsOnlyKeys(shared, doomed)
          .allSatisfy(
              (docId, alarm) -> assertThat(alarm.path("alarm").asText()).isEqualTo("forged"));
    }
  }

  @Test
  void givenAnEnrichedTopic_whenTheSinkWritesItBack_thenTheNodeHasTheValuesAndTheCircleRests()
      throws Exception {
    try (var topic = new ChangeTopic(Files.createDirectory(place("node")));
        var house = new ConnectHouse(Files.createDirectory(place("kafka")));
        var driver = driver(Enrichment.topology("in", "rows", "out", "age", Map.of("n", "name")))) {
      String doomed =
          topic
              .mutate("create_User(input: {age: 7}) { _docID }")
              .at("/create_User/0/_docID")
              .asText();
      topic.mutate("delete_User(docID: \"" + doomed + "\") { _docID }");
      topic.mutate("create_User(input: {age: 7, height: 1.5}) { _docID }");
      send(driver, topic.take(4));
      driver
          .createInputTopic("rows", new StringSerializer(), new StringSerializer())
          .pipeInput("7", "{\"n\":\"Seven\"}");
      Map<String, JsonNode> updates = table(driver, "out");
      assertThat(updates).hasSize(1);
      send(
          house,
          "updates",
          Map.of("{\"docID\":\"" + doomed + "\"}", updates.values().iterator().next()));
      send(house, "updates", updates); // after one that the delete has overtaken
      house.start("sink", sink(topic.url()));
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                house.requireHealth("sink");
                JsonNode found = topic.client().graphql("{ User { name height } }", Map.of());
                assertThat(found.path("User").toString())
                    .isEqualTo("[{\"height\":1.5,\"name\":\"Seven\"}]");
              });
      send(driver, topic.take(1));
      assertThat(table(driver, "out")).isEmpty();
    }
  }

  private static Map<String, String> sink(String url) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "io.defradb.connect.sink.DefraSinkConnector");
    settings.put("topics", "updates");
    settings.put("defradb.url", url);
    settings.put("collection.name.format", ChangeTopic.COLLECTION);
    settings.put("primary.key.mode", "docid");
    settings.put("insert.mode", "update");
    settings.put("key.converter", JsonConverter.class.getName());
    settings.put("value.converter", JsonConverter.class.getName());
    settings.put("key.converter.schemas.enable", "false");
    settings.put("value.converter.schemas.enable", "false");
    settings.put("consumer.override.auto.offset.reset", "earliest");
    settings.put("errors.tolerance", "all");
    settings.put("errors.deadletterqueue.topic.name", "too-late");
    settings.put("errors.deadletterqueue.topic.replication.factor", "1");
    return settings;
  }

  /** What comes out at the end, by key. */
  private Map<String, JsonNode> run(Topology topology, List<SinkRecord> records) {
    try (TopologyTestDriver driver = driver(topology)) {
      send(driver, records);
      driver.advanceWallClockTime(Duration.ofSeconds(10));
      return table(driver, "out");
    }
  }

  private TopologyTestDriver driver(Topology topology) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, place("state").toString());
    return new TopologyTestDriver(topology, settings);
  }

  private static Map<String, JsonNode> table(TopologyTestDriver driver, String topic) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), JsonSerde.create().deserializer())
        .readKeyValuesToMap();
  }

  private static void send(TopologyTestDriver driver, List<SinkRecord> records) {
    var json = JsonSerde.create().serializer();
    var in = driver.createInputTopic("in", json, json);
    records.forEach(record -> in.pipeInput(json(record, true), json(record, false)));
  }

  private static void send(ConnectHouse house, String topic, Map<String, JsonNode> records)
      throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", house.address());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (var record : records.entrySet()) {
        byte[] value = record.getValue().toString().getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, record.getKey().getBytes(UTF_8), value)).get();
      }
    }
  }

  /** As the converter without schemas writes it. */
  private static JsonNode json(SinkRecord record, boolean isKey) {
    try (var converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", false), isKey);
      byte[] bytes =
          isKey
              ? converter.fromConnectData(record.topic(), record.keySchema(), record.key())
              : converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
      return bytes == null ? null : new ObjectMapper().readTree(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String shown(JsonNode user) {
    return user.path("name").asText()
        + " "
        + user.path("age").asText()
        + " "
        + user.path("city").asText("null");
  }

  private static String create(ChangeTopic topic, String name, int age)
      throws InterruptedException {
    return topic
        .mutate("create_User(input: {name: \"" + name + "\", age: " + age + "}) { _docID }")
        .at("/create_User/0/_docID")
        .asText();
  }

  private static String createdBy(DefraClient client, String name) throws InterruptedException {
    return client
        .graphql("mutation { create_User(input: {name: \"" + name + "\"}) { _docID } }", Map.of())
        .at("/create_User/0/_docID")
        .asText();
  }

  private static void update(DefraClient client, String docId, String name)
      throws InterruptedException {
    client.graphql(
        "mutation { update_User(docID: \""
            + docId
            + "\", input: {name: \""
            + name
            + "\"}) { _docID } }",
        Map.of());
  }

  private static void replicate(DefraClient from, DefraClient to) throws InterruptedException {
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.set("Info", to.call("GET", "/p2p/info", null));
    target.putArray("Collections").add(ChangeTopic.COLLECTION);
    from.call("POST", "/p2p/replicators", target.toString().getBytes(UTF_8));
  }

  private Path place(String name) {
    return folder.resolve(name);
  }
}
