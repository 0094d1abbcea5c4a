package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.debezium.connector.jdbc.JdbcSinkConnectorTask;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debezium's JDBC sink writes the topic into a table, which must then equal the collection. That
 * sink knows no upsert for the embedded database, so one of its tasks inserts what is created, and
 * another one updates and deletes.
 */
class DebeziumJdbcSinkTest {
  private static final TopicPartition PARTITION = new TopicPartition("defra.User", 0);

  @TempDir Path folder;

  @Test
  void givenChangesAndANewField_whenSunk_thenTheTableEqualsTheCollection() throws Exception {
    String url = "jdbc:h2:mem:users;DB_CLOSE_DELAY=-1";
    try (var topic = new ChangeTopic(folder);
        Connection database = DriverManager.getConnection(url, "sa", "")) {
      JdbcSinkConnectorTask inserting = sink(url, "insert");
      JdbcSinkConnectorTask changing = sink(url, "update");
      topic.mutate(
          "create_User(input: [{name: \"Bob\", age: 31, height: 1.8, isHere: true,"
              + " born: \"1990-01-02T03:04:05.123Z\"}, {name: \"Eve\", age: 9007199254740993},"
              + " {name: \"Mia\"}]) { _docID }");
      put(inserting, topic.take(3));
      assertThat(names(database)).containsOnlyKeys("Bob", "Eve", "Mia");
      topic.mutate("update_User(filter: {name: {_eq: \"Bob\"}}, input: {age: 32}) { _docID }");
      topic.mutate("delete_User(filter: {name: {_eq: \"Mia\"}}) { _docID }");
      put(changing, topic.take(3));
      topic.addField("town", "String");
      topic.mutate(
          "update_User(filter: {name: {_eq: \"Eve\"}}, input: {town: \"Bonn\"}) { _docID }");
      put(changing, topic.take(1));
      changing.flush(Map.of(PARTITION, new OffsetAndMetadata(7)));
      Map<String, String> rows = names(database);
      assertThat(rows).isEqualTo(documents(topic));
      assertThat(rows).hasSize(2);
      assertThat(one(database, "select \"born\" from \"People\" where \"name\" = 'Bob'"))
          .isEqualTo(Instant.parse("1990-01-02T03:04:05.123Z"));
      inserting.stop();
      changing.stop();
    }
  }

  private static JdbcSinkConnectorTask sink(String url, String insertMode) {
    Map<String, String> settings = new HashMap<>();
    settings.put("name", "jdbc");
    settings.put("connection.url", url);
    settings.put("connection.username", "sa");
    settings.put("connection.password", "");
    settings.put("insert.mode", insertMode);
    settings.put("delete.enabled", "true");
    settings.put("primary.key.mode", "record_key");
    settings.put("schema.evolution", "basic");
    settings.put("collection.name.format", "People");
    settings.put("quote.identifiers", "true");
    settings.put("topics", PARTITION.topic());
    var task = new JdbcSinkConnectorTask();
    task.initialize(new Context(settings));
    task.start(settings);
    task.open(List.of(PARTITION));
    return task;
  }

  private static void put(JdbcSinkConnectorTask sink, List<SinkRecord> records) {
    sink.put(records);
    sink.put(List.of()); // a failure of the first is thrown at the second
  }

  /** A row in one text, by name. */
  private static Map<String, String> names(Connection database) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery("select * from \"People\"")) {
      var columns = found.getMetaData();
      Set<String> known = new java.util.HashSet<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        known.add(columns.getColumnName(i));
      }
      while (found.next()) {
        rows.put(
            found.getString("name"),
            found.getString("docID")
                + " "
                + found.getObject("age")
                + " "
                + found.getObject("height")
                + " "
                + found.getObject("isHere")
                + " "
                + (known.contains("town") ? found.getString("town") : null));
      }
    }
    return rows;
  }

  private static Map<String, String> documents(ChangeTopic topic) throws InterruptedException {
    Map<String, String> rows = new TreeMap<>();
    JsonNode found =
        topic
            .client()
            .graphql("{ User { _docID name age height isHere town } }", Map.of())
            .path("User");
    for (JsonNode row : found) {
      rows.put(
          row.path("name").asText(),
          row.path("_docID").asText()
              + " "
              + text(row, "age")
              + " "
              + text(row, "height")
              + " "
              + text(row, "isHere")
              + " "
              + text(row, "town"));
    }
    return rows;
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).isNull() ? "null" : row.path(field).asText();
  }

  private static Instant one(Connection database, String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      assertThat(found.next()).isTrue();
      return found.getObject(1, java.time.OffsetDateTime.class).toInstant();
    }
  }

  private record Context(Map<String, String> configs) implements SinkTaskContext {
    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      throw new UnsupportedOperationException(offsets.toString());
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      throw new UnsupportedOperationException(partition.toString());
    }

    @Override
    public void timeout(long millis) {
      throw new UnsupportedOperationException("it does not wait");
    }

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of(PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {
      throw new UnsupportedOperationException(Arrays.toString(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
      throw new UnsupportedOperationException(Arrays.toString(partitions));
    }

    @Override
    public void requestCommit() {
      throw new UnsupportedOperationException("it does not ask");
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException("this worker has none");
    }
  }
}
