package io.defradb.connect.source.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class OutboxRouterTest {
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("aggregatetype", Schema.OPTIONAL_STRING_SCHEMA)
          .field("aggregateid", Schema.OPTIONAL_INT64_SCHEMA)
          .field("payload", Schema.OPTIONAL_STRING_SCHEMA)
          .field("tenant", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name("p.Outbox.Envelope")
          .field("after", ROW)
          .field("op", Schema.STRING_SCHEMA)
          .build();

  @Test
  void givenADocument_whenRouted_thenItsMessageIsLeft() {
    SourceRecord message =
        apply(Map.of("collection.fields.additional.placement", "tenant:header:who"), event("c"));
    assertThat(message.topic()).isEqualTo("outbox.event.order");
    assertThat(message.key()).isEqualTo("17");
    assertThat(message.value()).isEqualTo("{\"n\":1}");
    assertThat(message.headers().lastWithName("id").value()).isEqualTo("bae-1");
    assertThat(message.headers().lastWithName("who").value()).isEqualTo("acme");
  }

  @Test
  void givenOtherNames_whenRouted_thenTheyAreHeeded_andJsonIsSentAsWhatItSays() {
    Map<String, String> settings =
        Map.of(
            "route.by.field", "tenant",
            "route.topic.replacement", "to-${routedByValue}",
            "collection.field.event.id", "aggregatetype",
            "collection.expand.json.payload", "true");
    SourceRecord message = apply(settings, event("r"));
    assertThat(message.topic()).isEqualTo("to-acme");
    assertThat(message.value()).isEqualTo(Map.of("n", 1));
    assertThat(message.headers().lastWithName("id").value()).isEqualTo("order");
  }

  @Test
  void givenWhatIsNoMessage_whenRouted_thenOnlyTheForeignPasses_andAnUpdateIsAFault() {
    assertThat(apply(Map.of(), event("d"))).isNull();
    assertThat(apply(Map.of(), null)).isNull();
    Struct foreign = new Struct(ROW).put("tenant", "x");
    assertThat(apply(Map.of(), foreign).value()).isSameAs(foreign);
    assertThatThrownBy(() -> apply(Map.of(), event("u")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("outbox");
    assertThatThrownBy(() -> apply(Map.of("route.by.field", "nothing"), event("c")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(
            () -> apply(Map.of("collection.fields.additional.placement", "tenant"), event("c")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void givenJsonWithoutASchema_whenRouted_thenItIsTheSame() {
    Map<String, Object> row = new HashMap<>();
    row.put("aggregatetype", "order");
    row.put("aggregateid", 17L);
    row.put("payload", Map.of("n", List.of(1)));
    SourceRecord message = apply(Map.of(), Map.of("op", "c", "source", Map.of(), "after", row));
    assertThat(message.key()).isEqualTo("17");
    assertThat(message.value()).isEqualTo(Map.of("n", List.of(1)));
  }

  private static Struct event(String op) {
    Struct row =
        new Struct(ROW)
            .put("aggregatetype", "order")
            .put("aggregateid", 17L)
            .put("payload", "{\"n\":1}")
            .put("tenant", "acme");
    return new Struct(ENVELOPE).put("op", op).put("after", row);
  }

  private static SourceRecord apply(Map<String, String> settings, Object value) {
    try (var transform = new OutboxRouter<SourceRecord>()) {
      transform.configure(settings);
      Schema schema = value instanceof Struct struct ? struct.schema() : null;
      Map<String, String> key = Map.of("docID", "bae-1");
      return transform.apply(
          new SourceRecord(Map.of(), Map.of(), "t", 0, null, key, schema, value));
    }
  }
}
