package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.kafka.connect.sink.MongoSinkTopicConfig;
import com.mongodb.kafka.connect.sink.cdc.debezium.rdbms.RdbmsHandler;
import com.mongodb.kafka.connect.sink.converter.SinkConverter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MongoDB's sink with its handler for Debezium's events: what it would write, compared. */
class MongoHandlerTest {
  @TempDir Path folder;

  @Test
  void givenCreatesUpdatesAndDeletes_whenHandled_thenDocumentsAreReplacedAndDeletedByDocId()
      throws Exception {
    try (var topic = new ChangeTopic(folder)) {
      topic.mutate("create_User(input: {name: \"Bob\", age: 9007199254740993}) { _docID }");
      topic.mutate("update_User(filter: {name: {_eq: \"Bob\"}}, input: {isHere: true}) { _docID }");
      topic.mutate("delete_User(filter: {name: {_eq: \"Bob\"}}) { _docID }");
      List<SinkRecord> records = topic.take(4);
      String docId =
          ((org.apache.kafka.connect.data.Struct) records.get(0).key()).getString("docID");
      var id = BsonDocument.parse("{_id: {docID: '" + docId + "'}}");
      var created = (ReplaceOneModel<BsonDocument>) handled(records.get(0)).orElseThrow();
      assertThat(created.getFilter()).isEqualTo(id);
      assertThat(created.getReplacement().getString("name").getValue()).isEqualTo("Bob");
      assertThat(created.getReplacement().getInt64("age").getValue()).isEqualTo(9007199254740993L);
      assertThat(created.getReplaceOptions().isUpsert()).isTrue();
      var updated = (ReplaceOneModel<BsonDocument>) handled(records.get(1)).orElseThrow();
      assertThat(updated.getFilter()).isEqualTo(id);
      assertThat(updated.getReplacement().getBoolean("isHere").getValue()).isTrue();
      var deleted = (DeleteOneModel<BsonDocument>) handled(records.get(2)).orElseThrow();
      assertThat(deleted.getFilter()).isEqualTo(id);
      assertThat(handled(records.get(3))).as("the tombstone behind the delete").isEmpty();
    }
  }

  private static Optional<WriteModel<BsonDocument>> handled(SinkRecord record) {
    Map<String, String> settings = new HashMap<>();
    settings.put("topics", record.topic());
    settings.put("connection.uri", "mongodb://127.0.0.1");
    settings.put("database", "d");
    var config = new MongoSinkTopicConfig(record.topic(), settings, true);
    return new RdbmsHandler(config).handle(new SinkConverter().convert(record));
  }
}
