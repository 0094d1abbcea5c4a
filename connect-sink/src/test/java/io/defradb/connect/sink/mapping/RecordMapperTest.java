package io.defradb.connect.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.document.FieldKind;
import java.math.BigDecimal;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordMapperTest {
  private static final CollectionShape SHAPE =
      new CollectionShape(
          "Order",
          Map.of(
              "id", FieldKind.STRING,
              "amount", FieldKind.INT,
              "price", FieldKind.FLOAT64,
              "at", FieldKind.DATE_TIME,
              "note", FieldKind.STRING,
              "tags", FieldKind.STRING_ARRAY,
              "raw", FieldKind.BLOB,
              "meta", FieldKind.JSON,
              "customer_id", FieldKind.ID,
              "visits", FieldKind.INT),
          Set.of("visits"));
  private static final String TIME = "io.debezium.time.";

  @Test
  void givenASchemalessRecord_whenMapped_thenTheKeyLeavesTheDocument() {
    Operation operation =
        map(
            Map.of(),
            Map.of("id", "o1"),
            Map.of("id", "o1", "amount", 3L, "tags", List.of("a", "b")));
    assertThat(operation.op()).isEqualTo("upsert");
    assertThat(operation.key()).hasToString("{\"id\":\"o1\"}");
    assertThat(operation.document().get("amount").asLong()).isEqualTo(3);
    assertThat(operation.document().get("tags")).hasToString("[\"a\",\"b\"]");
    assertThat(operation.document().has("id")).isFalse();
  }

  @Test
  void givenConnectTypes_whenMapped_thenEachBecomesWhatItsFieldTakes() {
    Schema schema =
        SchemaBuilder.struct()
            .field("amount", Schema.INT8_SCHEMA)
            .field("price", org.apache.kafka.connect.data.Decimal.schema(2))
            .field("at", Timestamp.SCHEMA)
            .field("note", Schema.OPTIONAL_INT32_SCHEMA)
            .field("raw", Schema.BYTES_SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("amount", (byte) 7)
            .put("price", new BigDecimal("12.50"))
            .put("at", new Date(1_700_000_000_123L))
            .put("note", 5)
            .put("raw", new byte[] {(byte) 0xca, (byte) 0xfe});
    Operation operation = map(Map.of(), Map.of("id", "o1"), value);
    assertThat(operation.document())
        .hasToString(
            "{\"amount\":7,\"price\":12.50,\"at\":\"2023-11-14T22:13:20.123Z\",\"note\":\"5\",\"raw\":\"cafe\"}");
  }

  @Test
  void givenATombstone_whenDeletesAreOn_thenItDeletes_elseItIsPassedOver() {
    assertThat(map(Map.of("delete.enabled", "true"), Map.of("id", "o1"), null).op())
        .isEqualTo("delete");
    assertThat(mapper(Map.of()).map(record(Map.of("id", "o1"), null))).isEmpty();
  }

  @Test
  void givenAChangeEnvelope_whenMapped_thenItsAfterImageIsWrittenAndItsDeleteDeletes() {
    Map<String, Object> update = new HashMap<>(Map.of("op", "u", "source", Map.of()));
    update.put("before", null);
    update.put("after", Map.of("id", "o1", "note", "new"));
    assertThat(map(Map.of(), Map.of("id", "o1"), update).document())
        .hasToString("{\"note\":\"new\"}");
    Map<String, Object> delete =
        new HashMap<>(Map.of("op", "d", "source", Map.of(), "before", Map.of("id", "o1")));
    delete.put("after", null);
    Operation operation =
        map(
            Map.of(
                "delete.enabled",
                "true",
                "primary.key.mode",
                "record_value",
                "primary.key.fields",
                "id"),
            null,
            delete);
    assertThat(operation.op()).isEqualTo("delete");
    assertThat(operation.key()).hasToString("{\"id\":\"o1\"}");
  }

  @Test
  void givenAMongoChangeEvent_whenMapped_thenItsFullDocumentIsWritten() {
    Operation operation =
        map(
            Map.of("primary.key.mode", "record_value", "primary.key.fields", "id"),
            null,
            Map.of(
                "operationType", "insert",
                "documentKey", Map.of("_id", "o1"),
                "fullDocument", Map.of("id", "o1", "amount", 2L)));
    assertThat(operation.document()).hasToString("{\"amount\":2}");
  }

  @Test
  void givenIncrementFields_whenMapped_thenTheyAreAmounts() {
    Operation operation =
        map(Map.of("crdt.increment.fields", "visits"), Map.of("id", "o1"), Map.of("visits", 4L));
    assertThat(operation.op()).isEqualTo("increment");
    assertThat(operation.increments()).hasToString("{\"visits\":4}");
  }

  @Test
  void givenAPrimitiveKey_whenOneFieldIsNamed_thenItIsThatField() {
    assertThat(map(Map.of("primary.key.fields", "id"), "o9", Map.of("amount", 1L)).key())
        .hasToString("{\"id\":\"o9\"}");
    assertThatThrownBy(() -> map(Map.of(), "o9", Map.of("amount", 1L)))
        .isInstanceOf(UnmappableRecord.class)
        .hasMessageContaining("primary.key.fields");
  }

  @Test
  void givenAFieldTheCollectionLacks_whenMapped_thenItIsNamed() {
    assertThatThrownBy(() -> map(Map.of(), Map.of("id", "o1"), Map.of("colour", "red")))
        .isInstanceOf(UnmappableRecord.class)
        .hasMessageContaining("Field: colour");
  }

  @Test
  void givenAFraction_whenTheFieldIsAnInt_thenItIsRefusedAndNotCut() {
    assertThatThrownBy(() -> map(Map.of(), Map.of("id", "o1"), Map.of("amount", 1.5)))
        .isInstanceOf(UnmappableRecord.class);
    long big = (1L << 53) + 1;
    assertThat(
            map(Map.of(), Map.of("id", "o1"), Map.of("amount", big))
                .document()
                .get("amount")
                .asLong())
        .isEqualTo(big);
  }

  @ParameterizedTest
  @CsvSource({
    "Timestamp, 1700000000123, at, 2023-11-14T22:13:20.123Z",
    "MicroTimestamp, 1700000000123456, at, 2023-11-14T22:13:20.123456Z",
    "NanoTimestamp, 1700000000123456789, at, 2023-11-14T22:13:20.123456789Z",
    "Date, 19675, at, 2023-11-14T00:00:00Z",
    "Date, 19675, note, 2023-11-14",
    "Time, 80000123, note, 22:13:20.123",
    "MicroTime, 80000123456, note, 22:13:20.123456",
    "NanoTime, 80000123456789, note, 22:13:20.123456789",
    "MicroDuration, 90000000, note, PT1M30S",
  })
  void givenTimesOfDebezium_whenMapped_thenTheFieldTakesWhatTheyMean(
      String type, long amount, String field, String expected) {
    Schema schema =
        SchemaBuilder.struct()
            .field(field, SchemaBuilder.int64().name(TIME + type).build())
            .build();
    Operation operation = map(Map.of(), Map.of("id", "o1"), new Struct(schema).put(field, amount));
    assertThat(operation.document().get(field).asText()).isEqualTo(expected);
  }

  @Test
  void givenTextsOfTime_whenMapped_thenTheyBecomeDateTimes() {
    assertThat(text("ZonedTimestamp", "2023-11-14T22:13:20+02:00"))
        .isEqualTo("2023-11-14T22:13:20+02:00");
    assertThat(text("IsoTimestamp", "2023-11-14T22:13:20.5")).isEqualTo("2023-11-14T22:13:20.5Z");
    assertThat(text("IsoDate", "2023-11-14")).isEqualTo("2023-11-14T00:00:00Z");
  }

  private static String text(String type, String value) {
    Schema schema =
        SchemaBuilder.struct()
            .field("at", SchemaBuilder.string().name(TIME + type).build())
            .build();
    return map(Map.of(), Map.of("id", "o1"), new Struct(schema).put("at", value))
        .document()
        .get("at")
        .asText();
  }

  @Test
  void givenATimeOfDay_whenTheFieldIsADateTime_thenItIsRefused() {
    Schema schema =
        SchemaBuilder.struct().field("at", org.apache.kafka.connect.data.Time.SCHEMA).build();
    assertThatThrownBy(
            () -> map(Map.of(), Map.of("id", "o1"), new Struct(schema).put("at", new Date(1))))
        .isInstanceOf(UnmappableRecord.class);
  }

  @Test
  void givenNestedValues_whenMapped_thenJsonFieldsHoldThemAndStringFieldsTheirText() {
    Schema address =
        SchemaBuilder.struct()
            .field("town", Schema.STRING_SCHEMA)
            .field("lines", SchemaBuilder.array(Schema.INT32_SCHEMA))
            .build();
    Schema schema =
        SchemaBuilder.struct()
            .field("meta", address)
            .field("note", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.FLOAT64_SCHEMA))
            .build();
    Struct value =
        new Struct(schema)
            .put("meta", new Struct(address).put("town", "Bonn").put("lines", List.of(1, 2)))
            .put("note", Map.of("x", 1.5));
    Operation operation = map(Map.of(), Map.of("id", "o1"), value);
    assertThat(operation.document().get("meta")).hasToString("{\"town\":\"Bonn\",\"lines\":[1,2]}");
    assertThat(operation.document().get("note").asText()).isEqualTo("{\"x\":1.5}");
  }

  @Test
  void givenDebeziumsJson_whenTheFieldIsJson_thenItIsReadAndNotQuoted() {
    Schema schema =
        SchemaBuilder.struct()
            .field("meta", SchemaBuilder.string().name("io.debezium.data.Json").build())
            .build();
    assertThat(
            map(Map.of(), Map.of("id", "o1"), new Struct(schema).put("meta", "{\"a\":[1,null]}"))
                .document()
                .get("meta"))
        .hasToString("{\"a\":[1,null]}");
  }

  @Test
  void givenADecimalWithItsOwnScale_whenMapped_thenNoDigitIsLost() {
    Schema decimal =
        SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    Schema schema = SchemaBuilder.struct().field("note", decimal).build();
    Struct value =
        new Struct(decimal)
            .put("scale", 3)
            .put("value", new BigDecimal("12345678901234567890.125").unscaledValue().toByteArray());
    assertThat(
            map(Map.of(), Map.of("id", "o1"), new Struct(schema).put("note", value))
                .document()
                .get("note")
                .asText())
        .isEqualTo("12345678901234567890.125");
  }

  @Test
  void givenAJsonText_whenMapped_thenItIsARecordLikeAnother() {
    Operation operation =
        map(Map.of(), "{\"id\":\"o1\"}", "{\"id\":\"o1\",\"amount\":9007199254740993}");
    assertThat(operation.key()).hasToString("{\"id\":\"o1\"}");
    assertThat(operation.document()).hasToString("{\"amount\":9007199254740993}");
  }

  @Test
  void givenMongosOwnEvents_whenMapped_thenExtendedFormsAreValuesAndTheIdIsTheKey() {
    Map<String, String> settings =
        Map.of(
            "primary.key.mode", "record_value",
            "primary.key.fields", "id",
            "delete.enabled", "true");
    Operation insert =
        map(
            settings,
            null,
            """
            {"operationType":"insert","documentKey":{"_id":{"$oid":"5f"}},"ns":{"db":"d","coll":"c"},
             "fullDocument":{"_id":{"$oid":"5f"},"amount":{"$numberLong":"7"},
             "price":{"$numberDecimal":"1.25"},"at":{"$date":"2023-11-14T22:13:20.123Z"},
             "raw":{"$binary":{"base64":"yv4=","subType":"00"}}}}
            """);
    assertThat(insert.key()).hasToString("{\"id\":\"5f\"}");
    assertThat(insert.document())
        .hasToString(
            "{\"amount\":7,\"price\":1.25,\"at\":\"2023-11-14T22:13:20.123Z\",\"raw\":\"cafe\"}");
    Operation partial =
        map(
            settings,
            null,
            """
            {"operationType":"update","documentKey":{"_id":"a1"},"fullDocument":null,
             "updateDescription":{"updatedFields":{"amount":2},"removedFields":["note"]}}
            """);
    assertThat(partial.document()).hasToString("{\"amount\":2,\"note\":null}");
    Operation delete =
        map(settings, null, "{\"operationType\":\"delete\",\"documentKey\":{\"_id\":\"a1\"}}");
    assertThat(delete.op()).isEqualTo("delete");
    assertThat(delete.key()).hasToString("{\"id\":\"a1\"}");
  }

  @Test
  void givenDebeziumsMongoEvents_whenMapped_thenDocumentsAndKeysAreReadOutOfTheirTexts() {
    Map<String, Object> create =
        new HashMap<>(
            Map.of(
                "op", "c",
                "source", Map.of("collection", "orders"),
                "after", "{\"_id\": {\"$oid\": \"5f\"},\"amount\": {\"$numberInt\": \"4\"}}"));
    create.put("updateDescription", null);
    Operation operation = map(Map.of(), Map.of("id", "{\"$oid\": \"5f\"}"), create);
    assertThat(operation.key()).hasToString("{\"id\":\"5f\"}");
    assertThat(operation.document()).hasToString("{\"amount\":4}");
    Map<String, Object> update =
        new HashMap<>(
            Map.of(
                "op", "u",
                "source", Map.of(),
                "updateDescription",
                    Map.of("updatedFields", "{\"amount\": 5}", "removedFields", List.of("note"))));
    update.put("after", null);
    Operation changed = map(Map.of(), Map.of("id", "\"a1\""), update);
    assertThat(changed.key()).hasToString("{\"id\":\"a1\"}");
    assertThat(changed.document()).hasToString("{\"amount\":5,\"note\":null}");
    Map<String, Object> delete = new HashMap<>(Map.of("op", "d", "source", Map.of()));
    delete.put("updateDescription", null);
    delete.put("after", null);
    Operation gone =
        map(Map.of("delete.enabled", "true"), Map.of("id", "{\"$oid\": \"5f\"}"), delete);
    assertThat(gone.op()).isEqualTo("delete");
    assertThat(gone.key()).hasToString("{\"id\":\"5f\"}");
    assertThat(
            map(Map.of("delete.enabled", "true"), Map.of("id", "{\"$oid\": \"5f\"}"), null).key())
        .hasToString("{\"id\":\"5f\"}");
  }

  @Test
  void givenAnUpdateOfAPartOfAField_whenMapped_thenTheRecordIsRefusedWithThePath() {
    assertThatThrownBy(
            () ->
                map(
                    Map.of("primary.key.mode", "record_value", "primary.key.fields", "id"),
                    null,
                    """
                    {"operationType":"update","documentKey":{"_id":"a1"},
                     "updateDescription":{"updatedFields":{"meta.town":"Bonn"}}}
                    """))
        .isInstanceOf(UnmappableRecord.class)
        .hasMessageContaining("meta.town");
  }

  @Test
  void givenAnEventOfTheVeryCollection_whenMapped_thenItAsksForNothing() {
    assertThat(mapper(Map.of()).map(record(Map.of("id", "o1"), event("feed1", "Order")))).isEmpty();
    assertThat(mapper(Map.of()).map(record(Map.of("id", "o1"), event("feed2", "Order"))))
        .isPresent();
    assertThat(mapper(Map.of()).map(record(Map.of("id", "o1"), event("feed1", "Invoice"))))
        .isPresent();
  }

  private static Map<String, Object> event(String feedId, String collection) {
    Map<String, Object> event =
        new HashMap<>(
            Map.of("op", "u", "source", Map.of("feedId", feedId, "collection", collection)));
    event.put("before", null);
    event.put("after", Map.of("id", "o1", "note", "new"));
    return event;
  }

  @Test
  void givenNewNames_whenMapped_thenKeysAndValuesHaveThem() {
    Operation operation =
        map(
            Map.of("field.rename", "no:id,text:note"),
            Map.of("no", "o1"),
            Map.of("no", "o1", "text", "hello"));
    assertThat(operation.key()).hasToString("{\"id\":\"o1\"}");
    assertThat(operation.document()).hasToString("{\"note\":\"hello\"}");
  }

  @Test
  void givenKeysOfOtherDocuments_whenMapped_thenRelationsCarryThem() {
    Map<String, String> settings =
        Map.of("relation.fields", "customer_no:customer.no,customer_land:customer.land");
    Operation operation =
        map(
            settings,
            Map.of("id", "o1"),
            Map.of("customer_no", 7L, "customer_land", "DE", "amount", 1L));
    assertThat(operation.relations().get("customer")).hasToString("{\"no\":7,\"land\":\"DE\"}");
    assertThat(operation.document()).hasToString("{\"amount\":1}");
    Map<String, Object> none = new HashMap<>();
    none.put("customer_no", null);
    Operation nowhere = map(settings, Map.of("id", "o1"), none);
    assertThat(nowhere.relations()).isEmpty();
    assertThat(nowhere.document()).hasToString("{\"customer_id\":null}");
  }

  @Test
  void givenKafkaKeys_whenMapped_thenTheRecordsPlaceIsTheKey() {
    var shape =
        new CollectionShape(
            "Order",
            Map.of("t", FieldKind.STRING, "p", FieldKind.INT, "o", FieldKind.INT),
            Set.of());
    var mapper =
        new RecordMapper(
            SinkSettings.of(
                Map.of(
                    "name", "s",
                    "collection.name.format", "Order",
                    "primary.key.mode", "kafka",
                    "primary.key.fields", "t,p,o")),
            new FixedCollections(shape));
    assertThat(mapper.map(record(null, Map.of())).orElseThrow().key())
        .hasToString("{\"t\":\"orders\",\"p\":0,\"o\":1}");
  }

  @Test
  void givenACollectionThatIsMissing_whenItMayBeCreated_thenItHasTheRecordsFields() {
    var node = new FixedCollections(null);
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("price", org.apache.kafka.connect.data.Decimal.schema(2))
            .field("at", Timestamp.SCHEMA)
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA))
            .field("day", SchemaBuilder.int32().name(TIME + "Date").build())
            .field("where", SchemaBuilder.struct().field("x", Schema.INT8_SCHEMA).build())
            .build();
    mapper(Map.of("auto.create", "true"), node)
        .map(
            record(
                Map.of("id", 7L),
                new Struct(schema)
                    .put("name", "n")
                    .put("price", new BigDecimal("1.50"))
                    .put("at", new Date(0))
                    .put("tags", List.of())
                    .put("day", 1)
                    .put("where", new Struct(schema.field("where").schema()).put("x", (byte) 1))));
    assertThat(node.shape.kinds())
        .isEqualTo(
            Map.of(
                "id", FieldKind.INT,
                "name", FieldKind.STRING,
                "price", FieldKind.STRING,
                "at", FieldKind.DATE_TIME,
                "tags", FieldKind.STRING_ARRAY,
                "day", FieldKind.DATE_TIME,
                "where", FieldKind.JSON));
    assertThatThrownBy(
            () ->
                mapper(Map.of(), new FixedCollections(null))
                    .map(record(Map.of("id", 7L), Map.of("a", 1L))))
        .isInstanceOf(UnmappableRecord.class);
    assertThatThrownBy(
            () ->
                mapper(Map.of("auto.create", "true"), new FixedCollections(null))
                    .map(record(Map.of("id", 7L), Map.of("no name", 1L))))
        .isInstanceOf(UnmappableRecord.class)
        .hasMessageContaining("field.rename");
  }

  @Test
  void givenFieldsThatAreMissing_whenTheSchemaMayEvolve_thenTheyAreAdded() {
    var node = new FixedCollections(SHAPE);
    Map<String, Object> value = new HashMap<>(Map.of("colour", "red", "amount", 1L));
    value.put("unknown", null);
    Operation operation =
        mapper(Map.of("schema.evolution", "basic"), node)
            .map(record(Map.of("id", "o1"), value))
            .orElseThrow();
    assertThat(node.shape.kinds()).containsEntry("colour", FieldKind.STRING);
    assertThat(operation.document().get("colour").asText()).isEqualTo("red");
    assertThat(operation.document().has("unknown")).isFalse();
  }

  /** Collections of a node that does as it is told. */
  private static final class FixedCollections implements Collections {
    private @Nullable CollectionShape shape;

    FixedCollections(@Nullable CollectionShape shape) {
      this.shape = shape;
    }

    @Override
    public @Nullable CollectionShape find(String name) {
      return shape;
    }

    @Override
    public @Nullable CollectionShape findAgain(String name) {
      return shape;
    }

    @Override
    public CollectionShape create(String name, Map<String, FieldKind> fields) {
      shape = new CollectionShape(name, fields, Set.of());
      return shape;
    }

    @Override
    public CollectionShape widen(String name, Map<String, FieldKind> fields) {
      Map<String, FieldKind> all = new HashMap<>(shape.kinds());
      all.putAll(fields);
      shape = new CollectionShape(name, all, shape.counters());
      return shape;
    }

    @Override
    public String feedId() {
      return "feed1";
    }
  }

  @Test
  void givenAnEventWithoutAllItsValues_whenMapped_thenThoseStayAsTheyAre() {
    Map<String, Object> after = new HashMap<>();
    after.put("amount", 1L);
    after.put("note", null);
    Map<String, Object> event = Map.of("op", "u", "source", Map.of(), "after", after);
    SinkRecord record = record(Map.of("id", "o1"), event);
    assertThat(mapper(Map.of()).map(record).orElseThrow().document().has("note")).isTrue();
    record.headers().addString("defradb.claim", "after.note,before.note");
    assertThat(mapper(Map.of()).map(record).orElseThrow().document()).hasToString("{\"amount\":1}");
  }

  @Test
  void givenANameOfTheEventsSource_whenMapped_thenTheEventSaysItsCollection() {
    Map<String, String> settings = Map.of("collection.name.format", "${source.table}");
    Map<String, Object> event =
        Map.of("op", "c", "source", Map.of("table", "Order"), "after", Map.of("amount", 1L));
    assertThat(map(settings, Map.of("id", "o1"), event).collection()).isEqualTo("Order");
    assertThat(mapper(settings).map(record(Map.of("id", "o1"), null))).isEmpty();
    assertThatThrownBy(() -> map(settings, Map.of("id", "o1"), Map.of("amount", 1L)))
        .isInstanceOf(UnmappableRecord.class)
        .hasMessageContaining("source.table");
  }

  private static Operation map(
      Map<String, String> settings, @Nullable Object key, @Nullable Object value) {
    return mapper(settings).map(record(key, value)).orElseThrow();
  }

  private static RecordMapper mapper(Map<String, String> settings) {
    return mapper(settings, new FixedCollections(SHAPE));
  }

  private static RecordMapper mapper(Map<String, String> settings, Collections collections) {
    Map<String, String> given =
        new HashMap<>(Map.of("name", "s", "collection.name.format", "Order"));
    given.putAll(settings);
    return new RecordMapper(SinkSettings.of(given), collections);
  }

  private static SinkRecord record(@Nullable Object key, @Nullable Object value) {
    Schema schema = value instanceof Struct struct ? struct.schema() : null;
    return new SinkRecord("orders", 0, null, key, schema, value, 1);
  }
}
