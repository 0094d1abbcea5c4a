package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.ConnectApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events through converters that keep schemas, in a real worker: what the source wrote, the sink
 * reads into a second collection, which becomes equal to the first, over a patch of the collection.
 */
class SourceConvertersSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String FIELDS =
      "id: String n: Int score: Float ok: Boolean at: DateTime tags: [String!] data: JSON";
  private static final String NAMES = "id n score ok at tags data";

  private static House house;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  void givenJsonWithSchemas_whenReadAndSunk_thenTheSecondCollectionIsEqualOverAPatch()
      throws Exception {
    run(
        house.connect,
        Map.of(
            "key.converter", "org.apache.kafka.connect.json.JsonConverter",
            "key.converter.schemas.enable", "true",
            "value.converter", "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable", "true"));
  }

  @Test
  void givenAvro_whenReadAndSunk_thenTheSecondCollectionIsEqualOverAPatch() throws Exception {
    Path plugins =
        house.settings.home().resolve("system-tests/workers/avro-converter/target/plugin");
    try (StubRegistry registry = new StubRegistry();
        StandaloneWorker worker =
            StandaloneWorker.start(
                house, folder, "quickstart-app/target/kafka", List.of(plugins))) {
      Map<String, String> converters = new HashMap<>();
      for (String side : List.of("key", "value")) {
        converters.put(side + ".converter", "io.apicurio.registry.utils.converter.AvroConverter");
        converters.put(side + ".converter.apicurio.registry.url", registry.url());
        converters.put(side + ".converter.apicurio.registry.auto-register", "true");
      }
      String topic = run(worker.connect(), converters);
      List<JsonNode> envelopes = schemas(registry, "Envelope");
      assertThat(envelopes).hasSize(2); // one a version of the collection
      assertThat(envelopes)
          .allSatisfy(
              schema ->
                  assertThat(schema.path("namespace").asText() + "." + schema.path("name").asText())
                      .isEqualTo(topic + ".Envelope"));
      assertThat(envelopes.get(0).toString()).doesNotContain("\"town\"");
      assertThat(envelopes.get(1).toString()).contains("\"town\"");
      assertThat(schemas(registry, "Key")).hasSize(1);
    }
  }

  private static List<JsonNode> schemas(StubRegistry registry, String name) throws Exception {
    var found = new java.util.ArrayList<JsonNode>();
    for (StubRegistry.Registered registered : registry.schemas()) {
      JsonNode schema = new ObjectMapper().readTree(registered.schema());
      if (schema.path("name").asText().equals(name)) {
        found.add(schema);
      }
    }
    return found;
  }

  /** Answers the topic. */
  private static String run(ConnectApi connect, Map<String, String> converters) throws Exception {
    String from = House.fresh("From");
    String to = House.fresh("To");
    house.node.addSchema("type " + from + " { " + FIELDS + " }");
    house.node.addSchema("type " + to + " { " + FIELDS + " }");
    create(
        from,
        "id: \"a\", n: 9007199254740993, score: 1.5, ok: true, at: \"2026-01-02T03:04:05.123456Z\","
            + " tags: [\"x\", \"y\"], data: {deep: [1, {er: null}]}");
    create(from, "id: \"b\"");
    String prefix = House.fresh("converted");
    String topic = prefix + "." + from;
    Map<String, String> source = new HashMap<>(converters);
    source.put("connector.class", "io.defradb.connect.source.DefraSourceConnector");
    source.put("defradb.url", house.settings.nodeUrl());
    source.put("topic.prefix", prefix);
    source.put("collection.include.list", from);
    source.put("tombstones.on.delete", "false");
    connect.put(prefix, source);
    Map<String, String> sink = new HashMap<>(house.sinkSettings(topic, to));
    sink.putAll(converters);
    sink.put("primary.key.mode", "record_value");
    sink.put("schema.evolution", "basic");
    connect.put(House.fresh("convertedSink"), sink);
    awaitEqual(from, to, NAMES);
    house.node.patchSchema(
        "[{\"op\":\"add\",\"path\":\"/"
            + from
            + "/Fields/-\",\"value\":{\"Name\":\"town\",\"Kind\":\"String\"}}]");
    create(from, "id: \"c\", n: 3, town: \"Leiden\"");
    house.node.graphql(
        "mutation { update_"
            + from
            + "(filter: {id: {_eq: \"b\"}}, input: {town: \"Delft\", n: 2}) { _docID } }",
        Map.of());
    await().atMost(PATIENCE).until(() -> rows(to, "id").size() == 3);
    awaitEqual(from, to, NAMES + " town");
    return topic;
  }

  private static void awaitEqual(String from, String to, String fields) throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(rows(to, fields)).isEqualTo(rows(from, fields)));
  }

  private static Map<String, JsonNode> rows(String collection, String fields) throws Exception {
    Map<String, JsonNode> rows = new TreeMap<>();
    house
        .node
        .graphql("{ " + collection + " { " + fields + " } }", Map.of())
        .path(collection)
        .forEach(row -> rows.put(row.path("id").asText(), row));
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private static void create(String collection, String input) throws Exception {
    house.node.graphql(
        "mutation { create_" + collection + "(input: {" + input + "}) { _docID } }", Map.of());
  }
}
