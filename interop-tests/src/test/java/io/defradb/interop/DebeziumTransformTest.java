package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.ExtractNewRecordState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debezium's SMT, which everybody has between a change topic and a sink. */
class DebeziumTransformTest {
  @TempDir Path folder;

  @Test
  void givenCreatesUpdatesAndDeletes_whenExtracted_thenRowsAndTombstonesAreLeft() throws Exception {
    try (var topic = new ChangeTopic(folder);
        var transform = new ExtractNewRecordState<SinkRecord>()) {
      transform.configure(Map.of());
      topic.mutate("create_User(input: {name: \"Bob\", age: 31}) { _docID }");
      topic.mutate("update_User(filter: {name: {_eq: \"Bob\"}}, input: {age: 32}) { _docID }");
      topic.mutate("delete_User(filter: {name: {_eq: \"Bob\"}}) { _docID }");
      List<SinkRecord> rows =
          topic.take(4).stream().map(transform::apply).filter(row -> row != null).toList();
      assertThat(((Struct) rows.get(0).value()).getInt64("age")).isEqualTo(31);
      assertThat(((Struct) rows.get(1).value()).getInt64("age")).isEqualTo(32);
      assertThat(rows.subList(2, rows.size()))
          .isNotEmpty()
          .allMatch(row -> row.value() == null && row.key() != null);
    }
  }

  @Test
  void givenRewrittenDeletes_whenExtracted_thenTheRowBeforeIsMarkedAndMetadataIsThere()
      throws Exception {
    try (var topic = new ChangeTopic(folder);
        var transform = new ExtractNewRecordState<SinkRecord>()) {
      transform.configure(
          Map.of(
              "delete.tombstone.handling.mode", "rewrite",
              "add.fields", "op,source.docID,source.cid,source.seq,source.ts_ms"));
      topic.mutate("create_User(input: {name: \"Eve\", age: 7}) { _docID }");
      SinkRecord created = transform.apply(topic.take(1).get(0));
      Struct row = (Struct) created.value();
      assertThat(row.getString("__op")).isIn("c", "r");
      assertThat(row.getString("__source_docID"))
          .isEqualTo(((Struct) created.key()).getString("docID"));
      assertThat(row.getString("__source_cid")).startsWith("bafy");
      assertThat(row.getString("__deleted")).isEqualTo("false");
      topic.mutate("delete_User(filter: {name: {_eq: \"Eve\"}}) { _docID }");
      Struct deleted = (Struct) transform.apply(topic.take(2).get(0)).value();
      assertThat(deleted.getString("__deleted")).isEqualTo("true");
      assertThat(deleted.getString("name")).isEqualTo("Eve");
      assertThat(deleted.getInt64("age")).isEqualTo(7);
    }
  }
}
