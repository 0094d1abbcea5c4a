package io.defradb.connect.source.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.client.Change;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.offset.SnapshotParts;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EventMapperTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Lane LANE = new Lane("p", "User", 0, 1);
  private static final LaneOffset BEFORE = new LaneOffset.Streaming("f", 6, 0, SnapshotParts.NONE);
  private static final LaneOffset AFTER = new LaneOffset.Streaming("f", 7, 0, SnapshotParts.NONE);
  private static final Map<String, String> OPS =
      Map.of("c", "create", "u", "update", "d", "delete");
  private static final String ENTRY =
      """
      {"seq":7,"txn":{"id":7,"index":0,"size":1},"op":"%s","cid":"bafy1","docID":"bae-1","collection":"User",
       "schemaVersionID":"v1","height":2,"heads":["bafy0"],"time":"2026-01-02T03:04:05.123456Z",
       "origin":{"kind":"local"},"before":{"name":"A","n":9007199254740993},"after":%s}
      """;

  @Test
  void givenAnUpdate_whenMapped_thenTheEnvelopeHasBothImagesAndEveryBitOfAnInt() {
    SourceRecord record =
        map(
                Map.of(),
                "u",
                "{\"name\":\"B\",\"n\":9007199254740993,\"tags\":[\"x\",null],\"j\":{\"a\":1}}")
            .get(0);
    Struct value = (Struct) record.value();
    value.validate();
    assertThat(record.topic()).isEqualTo("p.User");
    assertThat(record.key()).hasToString("Struct{docID=bae-1}");
    assertThat(record.keySchema().name()).isEqualTo("p.User.Key");
    assertThat(record.valueSchema().name()).isEqualTo("p.User.Envelope");
    assertThat(record.valueSchema().parameters()).containsEntry("defradb.schemaVersionID", "v1");
    assertThat(value.getStruct("after").getInt64("n")).isEqualTo(9007199254740993L);
    assertThat(value.getStruct("after").getArray("tags")).containsExactly("x", null);
    assertThat(value.getStruct("after").getString("j")).isEqualTo("{\"a\":1}");
    assertThat(value.getStruct("before").getString("name")).isEqualTo("A");
    assertThat(value.getStruct("source").getInt64("ts_us")).isEqualTo(1767323045123456L);
    assertThat(value.getStruct("source").getString("table")).isEqualTo("User");
    assertThat(value.getStruct("transaction").getString("id")).isEqualTo("f:7");
    assertThat(record.sourceOffset()).isEqualTo(AFTER.toMap());
  }

  @Test
  void givenADelete_whenMapped_thenATombstoneFollowsAndOnlyItMovesTheOffset() {
    List<SourceRecord> records = map(Map.of(), "d", "null");
    assertThat(records).hasSize(2);
    Struct value = (Struct) records.get(0).value();
    assertThat(value.getStruct("before").getString("name")).isEqualTo("A");
    assertThat(value.getStruct("after")).isNull();
    assertThat(records.get(0).sourceOffset()).isEqualTo(BEFORE.toMap());
    assertThat(records.get(1).value()).isNull();
    assertThat(records.get(1).sourceOffset()).isEqualTo(AFTER.toMap());
    assertThat(map(Map.of("tombstones.on.delete", "false"), "d", "null")).hasSize(1);
  }

  @Test
  void givenTheDocumentFormat_whenMapped_thenTheAfterImageStandsAlone() {
    SourceRecord created = map(Map.of("output.format", "document"), "c", "{\"name\":\"B\"}").get(0);
    assertThat(((Struct) created.value()).getString("name")).isEqualTo("B");
    assertThat(map(Map.of("output.format", "document"), "d", "null").get(0).value()).isNull();
  }

  @Test
  void givenFieldsToSend_whenMapped_thenTheRowHasNoOthers() {
    String after = "{\"name\":\"B\",\"n\":1,\"j\":{\"a\":[1,{}]}}";
    assertThat(fields(Map.of("field.include.list", "name,User.n"), after))
        .containsExactly("name", "n");
    assertThat(fields(Map.of("field.exclude.list", "j,Other.n"), after))
        .containsExactly("name", "n", "tags", "raw");
  }

  @Test
  void givenHowEventsAreToLook_whenMapped_thenNamesAndBlobsAreSo() {
    SourceRecord plain = map(Map.of("topic.prefix", "p-1.2"), "c", "{\"raw\":\"00ff\"}").get(0);
    assertThat(plain.valueSchema().name()).isEqualTo("p-1.2.User.Envelope");
    assertThat(((Struct) plain.value()).getStruct("after").get("raw")).isEqualTo("00ff");
    Map<String, String> settings =
        Map.of(
            "topic.prefix", "p-1.2",
            "schema.name.adjustment.mode", "avro",
            "binary.handling.mode", "bytes",
            "extended.headers.enabled", "true");
    SourceRecord record = map(settings, "c", "{\"raw\":\"00ff\"}").get(0);
    assertThat(record.topic()).isEqualTo("p-1.2.User");
    assertThat(record.valueSchema().name()).isEqualTo("p_1._2.User.Envelope");
    assertThat(record.keySchema().name()).isEqualTo("p_1._2.User.Key");
    assertThat(((Struct) record.value()).getStruct("after").getBytes("raw"))
        .containsExactly(0, 0xff);
    assertThat(record.headers().lastWithName("__debezium.context.taskId").value()).isEqualTo("3");
  }

  @Test
  void givenNamesOfAvro_whenMapped_thenEachIsAlsoOneOfProtobuf() {
    for (String format : List.of("envelope", "document", "commit")) {
      Map<String, String> settings =
          Map.of(
              "topic.prefix", "1p-1.2",
              "schema.name.adjustment.mode", "avro",
              "output.format", format);
      SourceRecord record = map(settings, "u", "{\"raw\":\"00ff\"}").get(0);
      requireNamesOfProtobuf(record.keySchema());
      requireNamesOfProtobuf(record.valueSchema());
    }
  }

  /** A message has a name, and neither a message's nor a member's has foreign characters. */
  private static void requireNamesOfProtobuf(Schema schema) {
    switch (schema.type()) {
      case STRUCT -> {
        assertThat(schema.name()).matches("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
        for (Field field : schema.fields()) {
          assertThat(field.name()).matches("[A-Za-z_]\\w*");
          requireNamesOfProtobuf(field.schema());
        }
      }
      case ARRAY -> {
        assertThat(schema.valueSchema().type()).isNotEqualTo(Schema.Type.ARRAY);
        requireNamesOfProtobuf(schema.valueSchema());
      }
      default -> assertThat(schema.type().isPrimitive()).isTrue();
    }
  }

  @Test
  void givenAnEventThatIsTooGreat_whenMapped_thenItsGreatestValuesAreClaimsOrItIsAFault() {
    String after = "{\"name\":\"%s\",\"n\":7}".formatted("x".repeat(200));
    Map<String, String> claim =
        Map.of("event.oversize.handling.mode", "claim", "event.oversize.threshold.bytes", "150");
    SourceRecord record = map(claim, "u", after).get(0);
    Struct value = (Struct) record.value();
    assertThat(value.getStruct("after").getString("name")).isNull();
    assertThat(value.getStruct("after").getInt64("n")).isEqualTo(7);
    assertThat(value.getStruct("before").getString("name")).isEqualTo("A");
    assertThat(record.headers().lastWithName("defradb.claim").value()).isEqualTo("after.name");
    assertThat(map(claim, "u", "{\"name\":\"B\"}").get(0).headers().lastWithName("defradb.claim"))
        .isNull();
    Map<String, String> fail =
        Map.of("event.oversize.handling.mode", "fail", "event.oversize.threshold.bytes", "150");
    assertThatThrownBy(() -> map(fail, "u", after))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("bae-");
  }

  private static List<String> fields(Map<String, String> settings, String after) {
    Struct value = (Struct) map(settings, "u", after).get(0).value();
    return value.getStruct("after").schema().fields().stream().map(Field::name).toList();
  }

  private static List<SourceRecord> map(Map<String, String> settings, String op, String after) {
    Map<String, String> given =
        new HashMap<>(Map.of("name", "s", "topic.prefix", "p", "collection.include.list", "User"));
    given.putAll(settings);
    var clock = Clock.fixed(Instant.parse("2026-01-02T03:04:06Z"), ZoneOffset.UTC);
    CollectionDescription collection =
        CollectionDescription.parse(
            json(
                """
                {"Name":"User","VersionID":"v1","Fields":[{"Name":"_docID","Kind":1},{"Name":"name","Kind":11},
                 {"Name":"n","Kind":4},{"Name":"tags","Kind":21},{"Name":"j","Kind":14},{"Name":"raw","Kind":13},{"Name":"boss","Kind":{"Root":"x"}}]}
                """),
            1);
    SourceSettings source = SourceSettings.of(given);
    var schemas = new VersionSchemas(source, id -> collection);
    var mapper = new EventMapper(source, 3, "1", clock, schemas);
    Change<Struct> entry =
        Changes.parse(ENTRY.formatted(OPS.get(op), after), new RowReader(schemas));
    List<SourceRecord> records = new ArrayList<>();
    mapper.map(LANE, "f", new DocumentChange(op, entry, entry, 1), BEFORE, AFTER, records);
    return records;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
