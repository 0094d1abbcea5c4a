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
              "visits", FieldKind.INT),
          Set.of("visits"));

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

  private static Operation map(
      Map<String, String> settings, @Nullable Object key, @Nullable Object value) {
    return mapper(settings).map(record(key, value)).orElseThrow();
  }

  private static RecordMapper mapper(Map<String, String> settings) {
    Map<String, String> given =
        new HashMap<>(Map.of("name", "s", "collection.name.format", "Order"));
    given.putAll(settings);
    return new RecordMapper(SinkSettings.of(given), name -> SHAPE);
  }

  private static SinkRecord record(@Nullable Object key, @Nullable Object value) {
    Schema schema = value instanceof Struct struct ? struct.schema() : null;
    return new SinkRecord("orders", 0, null, key, schema, value, 1);
  }
}
