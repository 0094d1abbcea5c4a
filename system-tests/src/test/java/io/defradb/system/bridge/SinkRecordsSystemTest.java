package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records with a Connect schema, of every shape and logical type, in the distributed worker. */
class SinkRecordsSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final long DAY = 20_455; // 2026-01-02
  private static final long MILLIS_OF_DAY = 11_045_678; // 03:04:05.678

  private static final Schema KEY =
      SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();

  private static House house;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  void givenEveryTypeOfConnectAndDebezium_whenTheCollectionIsMadeOfThem_thenNoValueChanges()
      throws Exception {
    Schema place =
        SchemaBuilder.struct()
            .field("street", Schema.STRING_SCHEMA)
            .field("at", SchemaBuilder.array(Schema.FLOAT64_SCHEMA).build())
            .build();
    Schema scores = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("small", Schema.INT8_SCHEMA)
            .field("whole", Schema.INT64_SCHEMA)
            .field("half", Schema.FLOAT64_SCHEMA)
            .field("yes", Schema.BOOLEAN_SCHEMA)
            .field("raw", Schema.BYTES_SCHEMA)
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field("gaps", SchemaBuilder.array(Schema.OPTIONAL_INT64_SCHEMA).build())
            .field("place", place)
            .field("places", SchemaBuilder.array(place).build())
            .field("scores", scores)
            .field("price", Decimal.schema(2))
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("clock", Time.SCHEMA)
            .field("moment", Timestamp.SCHEMA)
            .field("dDay", debezium("Date", SchemaBuilder.int32()))
            .field("dTime", debezium("Time", SchemaBuilder.int32()))
            .field("dMicroTime", debezium("MicroTime", SchemaBuilder.int64()))
            .field("dNanoTime", debezium("NanoTime", SchemaBuilder.int64()))
            .field("dMoment", debezium("Timestamp", SchemaBuilder.int64()))
            .field("dMicroMoment", debezium("MicroTimestamp", SchemaBuilder.int64()))
            .field("dNanoMoment", debezium("NanoTimestamp", SchemaBuilder.int64()))
            .field("dZoned", debezium("ZonedTimestamp", SchemaBuilder.string()))
            .field("missing", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Struct home = new Struct(place).put("street", "Wall").put("at", List.of(1.5, -2.0));
    Struct value =
        new Struct(schema)
            .put("small", (byte) 7)
            .put("whole", 9_007_199_254_740_993L)
            .put("half", 0.5)
            .put("yes", true)
            .put("raw", new byte[] {(byte) 0xca, (byte) 0xfe})
            .put("tags", List.of("x", "y"))
            .put("gaps", Stream.of(1L, null, 3L).toList())
            .put("place", home)
            .put("places", List.of(home))
            .put("scores", new TreeMap<>(Map.of("a", 1L, "b", 2L)))
            .put("price", new BigDecimal("1234567890123456789.10"))
            .put("day", new Date(DAY * 86_400_000))
            .put("clock", new Date(MILLIS_OF_DAY))
            .put("moment", Date.from(MOMENT))
            .put("dDay", (int) DAY)
            .put("dTime", (int) MILLIS_OF_DAY)
            .put("dMicroTime", MILLIS_OF_DAY * 1000 + 9)
            .put("dNanoTime", MILLIS_OF_DAY * 1_000_000 + 90_001)
            .put("dMoment", MOMENT.toEpochMilli())
            .put("dMicroMoment", MOMENT.toEpochMilli() * 1000 + 9)
            .put("dNanoMoment", MOMENT.toEpochMilli() * 1_000_000 + 90_001)
            .put("dZoned", "2026-01-02T05:04:05.678009001+02:00");
    String collection = House.fresh("Typed");
    try (Topic topic = Topic.create(house, House.fresh("typed"), 1)) {
      house.addSink(topic.name(), collection, withSchemas(Map.of("auto.create", "true")));
      write(topic, "a", value);
      JsonNode row =
          awaitRow(
              collection,
              "small whole half yes raw tags gaps place places scores price day clock moment dDay"
                  + " dTime dMicroTime dNanoTime dMoment dMicroMoment dNanoMoment dZoned missing");
      assertThat(row)
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      {"small":7,"whole":9007199254740993,"half":0.5,"yes":true,"raw":"cafe",
                       "tags":["x","y"],"gaps":[1,null,3],
                       "place":{"street":"Wall","at":[1.5,-2]},
                       "places":[{"street":"Wall","at":[1.5,-2]}],
                       "scores":{"a":1,"b":2},"price":"1234567890123456789.10",
                       "day":"2026-01-02T00:00:00Z","clock":"03:04:05.678",
                       "moment":"2026-01-02T03:04:05.678Z","dDay":"2026-01-02T00:00:00Z",
                       "dTime":"03:04:05.678","dMicroTime":"03:04:05.678009",
                       "dNanoTime":"03:04:05.678090001","dMoment":"2026-01-02T03:04:05.678Z",
                       "dMicroMoment":"2026-01-02T03:04:05.678009Z",
                       "dNanoMoment":"2026-01-02T03:04:05.678090001Z",
                       "dZoned":"2026-01-02T05:04:05.678009001+02:00","missing":null}"""));
    }
  }

  @Test
  void givenASchemaThatGrows_whenItMay_thenFieldsAreAdded_elseTheRecordIsADeadLetter()
      throws Exception {
    String growing = collection("name: String");
    String fixed = collection("name: String");
    Schema first = SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).build();
    Schema second =
        SchemaBuilder.struct()
            .version(2)
            .field("name", Schema.STRING_SCHEMA)
            .field("born", debezium("Date", SchemaBuilder.int32()))
            .build();
    try (Topic topic = Topic.create(house, House.fresh("grown"), 1);
        Topic dead = Topic.create(house, House.fresh("dead"), 1)) {
      house.addSink(topic.name(), growing, withSchemas(Map.of("schema.evolution", "basic")));
      house.addSink(
          topic.name(),
          fixed,
          withSchemas(
              Map.of(
                  "errors.tolerance", "all",
                  "errors.deadletterqueue.topic.name", dead.name(),
                  "errors.deadletterqueue.topic.replication.factor", "1",
                  "errors.deadletterqueue.context.headers.enable", "true")));
      write(topic, "a", new Struct(first).put("name", "Ann"));
      write(topic, "a", new Struct(second).put("name", "Anna").put("born", (int) DAY));
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(rows(growing, "name born"))
                      .hasToString("[{\"born\":\"2026-01-02T00:00:00Z\",\"name\":\"Anna\"}]"));
      List<Topic.Letter> letters = dead.letters(1, PATIENCE);
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).headers().get("__connect.errors.exception.message"))
          .contains("born");
      assertThat(rows(fixed, "name")).hasToString("[{\"name\":\"Ann\"}]");
    }
  }

  @Test
  void givenAnOrderWithItsCustomersKey_whenEitherComesFirst_thenTheRelationHolds()
      throws Exception {
    String customer = House.fresh("Buyer");
    String order = House.fresh("Purchase");
    house.node.addSchema(
        "type "
            + customer
            + " { country: String no: Int name: String orders: ["
            + order
            + "] } type "
            + order
            + " { id: String buyer: "
            + customer
            + " }");
    Schema orders =
        SchemaBuilder.struct()
            .field("buyer_country", Schema.STRING_SCHEMA)
            .field("buyer_no", Schema.INT32_SCHEMA)
            .build();
    Schema buyers =
        SchemaBuilder.struct()
            .field("country", Schema.STRING_SCHEMA)
            .field("no", Schema.INT32_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .build();
    try (Topic orderTopic = Topic.create(house, House.fresh("orders"), 1);
        Topic buyerTopic = Topic.create(house, House.fresh("buyers"), 1)) {
      house.addSink(
          orderTopic.name(),
          order,
          withSchemas(Map.of("relation.fields", "buyer_country:buyer.country,buyer_no:buyer.no")));
      house.addSink(
          buyerTopic.name(),
          customer,
          withSchemas(
              Map.of(
                  "primary.key.mode", "record_value",
                  "primary.key.fields", "country,no")));
      write(orderTopic, "o1", new Struct(orders).put("buyer_country", "NL").put("buyer_no", 1));
      await().atMost(PATIENCE).until(() -> rows(order, "id").size() == 1);
      write(
          buyerTopic,
          "b1",
          new Struct(buyers).put("country", "NL").put("no", 1).put("name", "Ann"));
      await().atMost(PATIENCE).until(() -> rows(customer, "name").size() == 1);
      write(orderTopic, "o2", new Struct(orders).put("buyer_country", "NL").put("buyer_no", 1));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rows(customer, "name orders(order: {id: ASC}) { id }"))
                      .hasToString(
                          "[{\"name\":\"Ann\",\"orders\":[{\"id\":\"o1\"},{\"id\":\"o2\"}]}]"));
    }
  }

  private static Schema debezium(String type, SchemaBuilder base) {
    return base.name("io.debezium.time." + type).version(1).build();
  }

  private static Map<String, String> withSchemas(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(more);
    for (String side : List.of("key", "value")) {
      settings.put(side + ".converter", JsonConverter.class.getName());
      settings.put(side + ".converter.schemas.enable", "true");
    }
    return settings;
  }

  private static void write(Topic topic, String id, Struct value) {
    Struct key = new Struct(KEY).put("id", id);
    topic.write(json(topic, key, true), json(topic, value, false));
    topic.flush();
  }

  private static String json(Topic topic, Struct value, boolean isKey) {
    try (var converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "true"), isKey);
      return new String(
          converter.fromConnectData(topic.name(), value.schema(), value), StandardCharsets.UTF_8);
    }
  }

  private static String collection(String fields) throws Exception {
    String name = House.fresh("Shaped");
    house.node.addSchema("type " + name + " { id: String " + fields + " }");
    return name;
  }

  private static JsonNode awaitRow(String collection, String fields) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> rows(collection, fields), rows -> rows.size() == 1)
        .get(0);
  }

  private static JsonNode rows(String collection, String fields) throws InterruptedException {
    return house
        .node
        .graphql("{ " + collection + " { " + fields + " } }", Map.of())
        .path(collection);
  }
}
