package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape that Flink's format {@code debezium-json} reads: rows {@code before} and {@code after}
 * of one row type beside {@code op}, inside {@code payload} with {@code
 * debezium-json.schema-include=true}. It takes {@code c} and {@code r} as +I of {@code after},
 * {@code u} as -U of {@code before} and +U of {@code after}, {@code d} as -D of {@code before}, and
 * passes over tombstones; an update or a delete without {@code before} it refuses.
 */
class FlinkShapeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenChanges_whenReplayedByFlinksRules_thenRetractionsCancelAndTheCollectionIsLeft(
      boolean hasSchema) throws Exception {
    try (var topic = new ChangeTopic(folder)) {
      topic.mutate("create_User(input: {name: \"Ann\", age: 1}) { _docID }");
      topic.mutate(
          "create_User(input: {name: \"Bob\", born: \"2001-02-03T04:05:06Z\"}) { _docID }");
      topic.mutate("update_User(filter: {name: {_eq: \"Ann\"}}, input: {age: 2}) { _docID }");
      topic.mutate("delete_User(filter: {name: {_eq: \"Ann\"}}) { _docID }");
      List<JsonNode> rows = new ArrayList<>();
      for (SinkRecord record : topic.take(5)) {
        JsonNode message = message(record, hasSchema);
        if (message != null) {
          replay(hasSchema ? message.get("payload") : message, rows);
        }
      }
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).path("name").asText()).isEqualTo("Bob");
      assertThat(rows.get(0).path("born").asText()).isEqualTo("2001-02-03T04:05:06Z");
    }
  }

  /** What the format's metadata columns are read from. */
  @Test
  void givenAnEvent_whenRead_thenFlinksMetadataIsWhereItLooks() throws Exception {
    try (var topic = new ChangeTopic(folder)) {
      topic.mutate("create_User(input: {name: \"Ann\", age: 1}) { _docID }");
      JsonNode message = message(topic.take(1).get(0), false);
      assertThat(message.path("ts_ms").isIntegralNumber()).isTrue(); // ingestion-timestamp
      assertThat(message.at("/source/ts_ms").isIntegralNumber()).isTrue(); // source.timestamp
      assertThat(message.at("/source/db").asText()).isEqualTo("defra"); // source.database
      assertThat(message.at("/source/table").asText()).isEqualTo("User"); // source.table
    }
  }

  private static void replay(JsonNode event, List<JsonNode> rows) {
    JsonNode before = event.get("before");
    JsonNode after = event.get("after");
    switch (event.path("op").asText()) {
      case "c", "r" -> rows.add(after);
      case "u" -> {
        assertThat(rows.remove(before)).as("-U of a row that is there").isTrue();
        rows.add(after);
      }
      case "d" -> assertThat(rows.remove(before)).as("-D of a row that is there").isTrue();
      default -> throw new AssertionError("Flink knows no op " + event.path("op"));
    }
  }

  /** Null for a tombstone. */
  private static JsonNode message(SinkRecord record, boolean hasSchema) throws Exception {
    try (var converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", hasSchema), false);
      byte[] bytes =
          converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
      return bytes == null ? null : new ObjectMapper().readTree(bytes);
    }
  }
}
