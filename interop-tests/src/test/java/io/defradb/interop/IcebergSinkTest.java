package io.defradb.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.node.DefraNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Behind the real source in a real worker: Apache Iceberg's own sink keeps every change as a row of
 * an append-only table, whose newest row of each document, unless it is a delete, is the
 * collection; the table of the Iceberg example, a process of its own, is the collection as it is.
 */
class IcebergSinkTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final TableIdentifier CHANGES = TableIdentifier.of("lake", "user_changes");
  private static final TableIdentifier USERS = TableIdentifier.of("lake", "users");
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void givenChangesDeletesKeyReuseAndAPatch_whenAppended_thenTheNewestRowsAreTheCollection()
      throws Exception {
    try (DefraNode node =
            DefraNode.start(ChangeTopic.config(Files.createDirectory(place("node"))));
        var house = new ConnectHouse(Files.createDirectory(place("kafka")))) {
      String url = "http://127.0.0.1:" + node.httpAddress().getPort();
      var client = new DefraClient(ClientSettings.anonymous(url));
      client.addSchema("type User { name: String age: Int generation: Int }");
      mutate(client, "a: create_User(input: {name: \"Ann\", age: 1}) { _docID }");
      house.start("source", source(url));
      house.start("iceberg", iceberg(house.address()));
      awaitRows(house, 1); // Ann comes by the snapshot: what follows is read from the feed
      mutate(client, "a: create_User(input: {name: \"Bob\", age: 2}) { _docID }");
      mutate(client, "a: create_User(input: {name: \"Cid\", age: 3}) { _docID }");
      mutate(client, "a: update_User(filter: {name: {_eq: \"Bob\"}}, input: {age: 22}) { _docID }");
      mutate(client, "a: delete_User(filter: {name: {_eq: \"Cid\"}}) { _docID }");
      mutate(client, "a: create_User(input: {name: \"Cid\", age: 3, generation: 1}) { _docID }");
      awaitRows(house, 6);
      upsert(house);
      assertThat(users("name", "age", "generation"))
          .isEqualTo(documents(client, "name", "age", "generation"));
      client.patchSchema(
          "[{\"op\":\"add\",\"path\":\"/User/Fields/-\","
              + "\"value\":{\"Name\":\"city\",\"Kind\":\"String\"}}]");
      mutate(
          client,
          "a: update_User(filter: {name: {_eq: \"Ann\"}}, input: {city: \"Bonn\"}) { _docID }");
      List<Record> changes = awaitRows(house, 7);
      String[] fields = {"name", "age", "generation", "city"};
      assertThat(current(changes)).isEqualTo(documents(client, fields));
      upsert(house);
      assertThat(users(fields)).isEqualTo(documents(client, fields));
      assertThat(changes.stream().map(row -> cdc(row, "op")).sorted())
          .containsExactly("D", "I", "I", "I", "I", "U", "U");
    }
  }

  private Map<String, String> source(String url) {
    return Map.of(
        "connector.class", "io.defradb.connect.source.DefraSourceConnector",
        "defradb.url", url,
        "topic.prefix", "defra",
        "collection.include.list", "User",
        "poll.interval.ms", "50");
  }

  private Map<String, String> iceberg(String broker) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
    settings.put("tasks.max", "1");
    settings.put("topics", "defra.User");
    settings.put("consumer.override.auto.offset.reset", "earliest");
    settings.put("consumer.override.metadata.max.age.ms", "1000");
    settings.put("transforms", "changes");
    settings.put(
        "transforms.changes.type", "org.apache.iceberg.connect.transforms.DebeziumTransform");
    settings.put("iceberg.tables", CHANGES.toString());
    settings.put("iceberg.tables.auto-create-enabled", "true");
    settings.put("iceberg.tables.evolve-schema-enabled", "true");
    settings.put("iceberg.catalog.type", "hadoop");
    settings.put("iceberg.catalog.warehouse", warehouse());
    settings.put("iceberg.kafka.bootstrap.servers", broker);
    settings.put("iceberg.kafka.auto.offset.reset", "earliest");
    settings.put("iceberg.control.commit.interval-ms", "1000");
    return settings;
  }

  private List<Record> awaitRows(ConnectHouse house, int count) {
    List<Record> rows = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              house.requireHealth("source");
              house.requireHealth("iceberg");
              rows.clear();
              rows.addAll(read(CHANGES));
              assertThat(rows).hasSizeGreaterThanOrEqualTo(count);
            });
    assertThat(rows).hasSize(count);
    return rows;
  }

  /** As Iceberg's own reader gives them. */
  private List<Record> read(TableIdentifier name) throws IOException {
    try (var catalog = new HadoopCatalog(new Configuration(), warehouse())) {
      Table table = catalog.loadTable(name);
      List<Record> rows = new ArrayList<>();
      try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
        read.forEach(rows::add);
      }
      return rows;
    } catch (NoSuchTableException e) {
      return List.of();
    }
  }

  /** The current-state view: what SQL says with {@code row_number() over (partition by key)}. */
  private static Map<String, Map<String, String>> current(List<Record> changes) {
    Map<String, Record> newest = new HashMap<>();
    changes.stream()
        .sorted(
            Comparator.comparing(row -> (Long) ((Record) row.getField("_cdc")).getField("offset")))
        .forEach(
            row ->
                newest.put(
                    ((Record) ((Record) row.getField("_cdc")).getField("key"))
                        .getField("docID")
                        .toString(),
                    row));
    Map<String, Map<String, String>> living = new HashMap<>();
    newest.forEach(
        (docId, row) -> {
          if (!cdc(row, "op").equals("D")) {
            Map<String, String> values = new HashMap<>();
            for (String field : List.of("name", "age", "generation", "city")) {
              values.put(field, String.valueOf(row.getField(field)));
            }
            living.put(docId, values);
          }
        });
    return living;
  }

  /** Runs the example until it has written what the topic holds now. */
  private void upsert(ConnectHouse house) throws Exception {
    Path target = HOME.resolve("streams-examples/iceberg/target");
    String libraries = Files.readString(target.resolve("classpath")).strip();
    Path log = place("upsert.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                target.resolve("iceberg-example.jar") + File.pathSeparator + libraries,
                "io.defradb.iceberg.IcebergCommand",
                "write",
                "--once",
                "--brokers",
                house.address(),
                "--topic",
                "defra.User",
                "--warehouse",
                place("warehouse").toString(),
                "--table",
                USERS.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private Map<String, Map<String, String>> users(String... fields) throws IOException {
    Map<String, Map<String, String>> users = new HashMap<>();
    List<Record> rows = read(USERS);
    for (Record row : rows) {
      Map<String, String> values = new HashMap<>();
      for (String field : fields) {
        values.put(field, String.valueOf(row.getField(field)));
      }
      users.put(row.getField("_docID").toString(), values);
    }
    assertThat(users).as("a row a document").hasSameSizeAs(rows);
    return users;
  }

  private static Map<String, Map<String, String>> documents(DefraClient client, String... fields)
      throws InterruptedException {
    Map<String, Map<String, String>> documents = new HashMap<>();
    String query = "{ User { _docID " + String.join(" ", fields) + " } }";
    JsonNode found = client.graphql(query, Map.of());
    for (JsonNode document : found.path("User")) {
      Map<String, String> values = new HashMap<>();
      for (String field : fields) {
        values.put(field, document.path(field).asText());
      }
      documents.put(document.path("_docID").asText(), values);
    }
    return documents;
  }

  private static String cdc(Record row, String member) {
    return ((Record) row.getField("_cdc")).getField(member).toString();
  }

  private static void mutate(DefraClient client, String mutation) throws InterruptedException {
    client.graphql("mutation { " + mutation + " }", Map.of());
  }

  private String warehouse() {
    return place("warehouse").toUri().toString();
  }

  private Path place(String name) {
    return folder.resolve(name);
  }
}
