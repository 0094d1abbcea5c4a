package io.defradb.connect.source.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ExtractNewDocumentStateTest {
  private static final Schema ROW =
      SchemaBuilder.struct()
          .name("p.User.Value")
          .version(2)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct().field("seq", Schema.INT64_SCHEMA).build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name("p.User.Envelope")
          .field("before", ROW)
          .field("after", ROW)
          .field("op", Schema.STRING_SCHEMA)
          .field("source", SOURCE)
          .build();

  @Test
  void givenAChange_whenExtracted_thenTheDocumentStandsAloneWithWhatIsAdded() {
    Map<String, String> settings =
        Map.of("add.fields", "op,source.seq", "add.headers", "source.seq");
    SourceRecord record = apply(envelope("u"), ENVELOPE, settings);
    Struct value = (Struct) record.value();
    value.validate();
    assertThat(value.schema().name()).isEqualTo("p.User.Value");
    assertThat(value.getString("name")).isEqualTo("new");
    assertThat(value.getString("__op")).isEqualTo("u");
    assertThat(value.getInt64("__source_seq")).isEqualTo(7);
    assertThat(record.headers().lastWithName("__source_seq").value()).isEqualTo(7L);
  }

  @Test
  void givenADelete_whenExtracted_thenTheModeSaysWhatBecomesOfIt() {
    SourceRecord tombstone = apply(envelope("d"), ENVELOPE, Map.of());
    assertThat(tombstone.value()).isNull();
    assertThat(tombstone.valueSchema()).isNull();
    assertThat(apply(envelope("d"), ENVELOPE, mode("drop"))).isNull();
    Struct rewritten = (Struct) apply(envelope("d"), ENVELOPE, mode("rewrite")).value();
    assertThat(rewritten.getString("name")).isEqualTo("old");
    assertThat(rewritten.getString("__deleted")).isEqualTo("true");
    Struct live = (Struct) apply(envelope("c"), ENVELOPE, mode("rewrite")).value();
    assertThat(live.getString("__deleted")).isEqualTo("false");
  }

  @Test
  void givenTombstonesAndHeartbeats_whenExtracted_thenOnlyTheHeartbeatPasses() {
    assertThat(apply(null, null, Map.of())).isNull();
    Struct heartbeat = new Struct(SOURCE).put("seq", 1L);
    assertThat(apply(heartbeat, SOURCE, Map.of()).value()).isSameAs(heartbeat);
  }

  @Test
  void givenJsonWithoutASchema_whenExtracted_thenItIsTheSame() {
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("op", "u");
    envelope.put("source", Map.of("seq", 7L));
    envelope.put("after", Map.of("name", "new"));
    Object value = apply(envelope, null, Map.of("add.fields", "source.seq")).value();
    assertThat(value).isEqualTo(Map.of("name", "new", "__source_seq", 7L));
  }

  private static Map<String, String> mode(String mode) {
    return Map.of("delete.tombstone.handling.mode", mode);
  }

  private static Struct envelope(String op) {
    Struct envelope = new Struct(ENVELOPE).put("op", op);
    envelope.put("source", new Struct(SOURCE).put("seq", 7L));
    if (!op.equals("c")) {
      envelope.put("before", new Struct(ROW).put("name", "old"));
    }
    return op.equals("d") ? envelope : envelope.put("after", new Struct(ROW).put("name", "new"));
  }

  private static SourceRecord apply(Object value, Schema schema, Map<String, String> settings) {
    try (var transform = new ExtractNewDocumentState<SourceRecord>()) {
      transform.configure(settings);
      return transform.apply(
          new SourceRecord(Map.of(), Map.of(), "t", null, null, "k", schema, value));
    }
  }
}
