package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.ConnectApi;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.storage.Converter;
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

  private static final ObjectMapper JSON = new ObjectMapper();

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
      givenRecordsThatOthersWroteInAvro_whenSunk_thenEachValueIsTheDocuments(
          worker.connect(), converters, plugins.resolve("avro-converter"));
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

  /** Nested structs, logical types and nulls, through the converter's own bytes. */
  private static void givenRecordsThatOthersWroteInAvro_whenSunk_thenEachValueIsTheDocuments(
      ConnectApi connect, Map<String, String> converters, Path jars) throws Exception {
    Schema place =
        SchemaBuilder.struct()
            .name("shop.Place")
            .field("street", Schema.STRING_SCHEMA)
            .field("floor", Schema.OPTIONAL_INT32_SCHEMA)
            .optional()
            .build();
    Schema order =
        SchemaBuilder.struct()
            .name("shop.Order")
            .field("id", Schema.STRING_SCHEMA)
            .field("whole", Schema.INT64_SCHEMA)
            .field("half", Schema.FLOAT64_SCHEMA)
            .field("price", Decimal.builder(2).optional().build())
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("raw", Schema.BYTES_SCHEMA)
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field("place", place)
            .field("nowhere", place)
            .field("scores", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build())
            .field("missing", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Struct first =
        new Struct(order)
            .put("id", "a")
            .put("whole", 9_007_199_254_740_993L)
            .put("half", 0.5)
            .put("price", new BigDecimal("12345678901234567.89"))
            .put("day", new Date(20_455L * 86_400_000))
            .put("at", Date.from(Instant.parse("2026-01-02T03:04:05.678Z")))
            .put("raw", new byte[] {(byte) 0xca, (byte) 0xfe})
            .put("tags", List.of("x", "y"))
            .put("place", new Struct(place).put("street", "Wall"))
            .put("scores", Map.of("a", 1L));
    Struct second =
        new Struct(order)
            .put("id", "b")
            .put("whole", -1L)
            .put("half", -2.25)
            .put("day", new Date(0))
            .put("at", new Date(0))
            .put("raw", new byte[] {0})
            .put("tags", List.of())
            .put("scores", Map.of());
    String topic = House.fresh("avro");
    String collection = House.fresh("Bought");
    write(topic, converters, jars, List.of(first, second));
    Map<String, String> sink = new HashMap<>(house.sinkSettings(topic, collection));
    sink.putAll(converters);
    sink.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    sink.put("primary.key.mode", "record_value");
    sink.put("auto.create", "true");
    connect.put(House.fresh("avroSink"), sink);
    String fields = "id whole half price day at raw tags place scores";
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(rows(collection, fields))
                    .containsOnly(
                        Map.entry(
                            "a",
                            JSON.readTree(
                                """
                                {"id":"a","whole":9007199254740993,"half":0.5,
                                 "price":"12345678901234567.89","day":"2026-01-02T00:00:00Z",
                                 "at":"2026-01-02T03:04:05.678Z","raw":"cafe","tags":["x","y"],
                                 "place":{"street":"Wall","floor":null},"scores":{"a":1}}""")),
                        Map.entry(
                            "b",
                            JSON.readTree(
                                """
                                {"id":"b","whole":-1,"half":-2.25,"price":null,
                                 "day":"1970-01-01T00:00:00Z","at":"1970-01-01T00:00:00Z",
                                 "raw":"00","tags":[],"place":null,"scores":{}}"""))));
  }

  /** As a producer beside Connect would, with the converter's own classes. */
  private static void write(
      String topic, Map<String, String> converters, Path jars, List<Struct> values)
      throws Exception {
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    Map<String, Object> settings = new HashMap<>();
    converters.forEach(
        (key, value) -> {
          if (key.startsWith("value.converter.")) {
            settings.put(key.substring("value.converter.".length()), value);
          }
        });
    try (var loader =
            new URLClassLoader(urls.toArray(URL[]::new), Converter.class.getClassLoader());
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", house.settings.kafkaAddress()),
                new StringSerializer(),
                new ByteArraySerializer())) {
      Thread.currentThread().setContextClassLoader(loader); // where it looks for its own classes
      Converter converter =
          (Converter)
              loader
                  .loadClass(converters.get("value.converter"))
                  .getDeclaredConstructor()
                  .newInstance();
      converter.configure(settings, false);
      for (Struct value : values) {
        byte[] bytes = converter.fromConnectData(topic, value.schema(), value);
        producer.send(new ProducerRecord<>(topic, null, bytes)).get(60, TimeUnit.SECONDS);
      }
    } finally {
      Thread.currentThread().setContextClassLoader(Converter.class.getClassLoader());
    }
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
