package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.connect.transforms.DebeziumTransform;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's SMT before its sink: a row with what happened to it beside, deletes included. */
class IcebergTransformTest {
  @TempDir Path folder;

  @Test
  void givenCreatesUpdatesAndDeletes_whenTransformed_thenEachIsARowOfTheChangelog()
      throws Exception {
    try (var topic = new ChangeTopic(folder);
        var transform = new DebeziumTransform<SinkRecord>()) {
      transform.configure(Map.of());
      topic.mutate("create_User(input: {name: \"Bob\", age: 31}) { _docID }");
      topic.mutate("update_User(filter: {name: {_eq: \"Bob\"}}, input: {age: 32}) { _docID }");
      topic.mutate("delete_User(filter: {name: {_eq: \"Bob\"}}) { _docID }");
      List<Struct> rows =
          topic.take(4).stream()
              .map(transform::apply)
              .filter(row -> row != null && row.value() != null)
              .map(row -> (Struct) row.value())
              .toList();
      assertThat(rows).extracting(row -> row.getInt64("age")).containsExactly(31L, 32L, 32L);
      assertThat(rows)
          .extracting(row -> row.getStruct("_cdc").getString("op"))
          .containsExactly("I", "U", "D");
      assertThat(rows)
          .allSatisfy(
              row -> {
                Struct cdc = row.getStruct("_cdc");
                assertThat(cdc.getString("target")).isEqualTo("defra.User");
                assertThat(cdc.getStruct("key").getString("docID")).startsWith("bae-");
                assertThat(cdc.get("ts")).isNotNull();
              });
    }
  }
}
