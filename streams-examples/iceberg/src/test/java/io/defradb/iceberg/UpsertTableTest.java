package io.defradb.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as Iceberg's own reader finds them, after each kind of change and each kind of crash. */
class UpsertTableTest {
  private static final TableIdentifier NAME = TableIdentifier.of("lake", "users");
  private static final String[] FIELDS = {
    "{\"type\":\"string\",\"optional\":true,\"field\":\"name\"}",
    "{\"type\":\"int64\",\"optional\":true,\"field\":\"age\"}"
  };
  private static final String SEEN =
      "{\"type\":\"string\",\"optional\":true,\"name\":\"io.debezium.time.ZonedTimestamp\",\"field\":\"seen\"}";
  private static final String MARKS =
      "{\"type\":\"array\",\"items\":{\"type\":\"double\",\"optional\":true},\"optional\":true,\"field\":\"marks\"}";

  private final ObjectMapper json = new ObjectMapper();
  private final List<ObjectNode> topic = new ArrayList<>();
  @TempDir Path warehouse;
  private HadoopCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new HadoopCatalog(new Configuration(), warehouse.toUri().toString());
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  @Test
  void givenCreatesUpdatesAndDeletes_whenRead_thenTheLivingDocumentsAreThereOnce()
      throws Exception {
    tell("c", 1, "a", "{\"name\":\"Ann\",\"age\":9007199254740993}");
    tell("c", 2, "b", "{\"name\":\"Bob\",\"age\":null}");
    tell("c", 3, "c", "{\"name\":\"Cid\",\"age\":3}");
    commit();
    tell("u", 4, "a", "{\"name\":\"Anna\",\"age\":9007199254740993}");
    tell("d", 5, "c", "{\"name\":\"Cid\",\"age\":3}");
    topic.add(null);
    tell("c", 6, "d", "{\"name\":\"Cid\",\"age\":3}");
    tell("u", 7, "d", "{\"name\":\"Cid\",\"age\":4}");
    commit();

    assertThat(documents())
        .containsExactly(
            "{\"_docID\":\"a\",\"name\":\"Anna\",\"age\":9007199254740993}",
            "{\"_docID\":\"b\",\"name\":\"Bob\",\"age\":null}",
            "{\"_docID\":\"d\",\"name\":\"Cid\",\"age\":4}");
    tell("d", 8, "a", "{\"name\":\"Anna\",\"age\":9007199254740993}");
    tell("d", 9, "b", "{\"name\":\"Bob\",\"age\":null}");
    commit();
    assertThat(documents()).containsExactly("{\"_docID\":\"d\",\"name\":\"Cid\",\"age\":4}");
  }

  @Test
  void givenACrashBetweenFilesAndCommit_whenGoneOn_thenNothingIsMissingAndNothingThereTwice()
      throws Exception {
    tell("c", 1, "a", "{\"name\":\"Ann\",\"age\":1}");
    commit();
    long files = files();
    tell("u", 2, "a", "{\"name\":\"Anna\",\"age\":1}");
    tell("c", 3, "b", "{\"name\":\"Bob\",\"age\":2}");
    UpsertTable crashed = table();
    crashed.stage(batch(crashed));

    assertThat(files()).as("files were written").isGreaterThan(files);
    assertThat(documents()).containsExactly("{\"_docID\":\"a\",\"name\":\"Ann\",\"age\":1}");
    assertThat(table().position().offsets()).containsEntry(0, 1L);
    commit();
    assertThat(documents())
        .containsExactly(
            "{\"_docID\":\"a\",\"name\":\"Anna\",\"age\":1}",
            "{\"_docID\":\"b\",\"name\":\"Bob\",\"age\":2}");
    assertThat(table().position().offsets()).containsEntry(0, 3L);
  }

  @Test
  void givenTwoWritersOfOneStretch_whenBothCommit_thenTheSecondIsRefused() throws Exception {
    tell("c", 1, "a", "{\"name\":\"Ann\",\"age\":1}");
    UpsertTable first = table();
    UpsertTable second = table();
    RowDelta staged = first.stage(batch(first));
    RowDelta late = second.stage(batch(second));
    staged.commit();

    assertThatThrownBy(late::commit).isInstanceOf(ValidationException.class);
    assertThat(documents()).containsExactly("{\"_docID\":\"a\",\"name\":\"Ann\",\"age\":1}");
  }

  @Test
  void givenALateCopyInOneStretch_whenCommitted_thenTheNewerChangeStays() throws Exception {
    tell("c", 1, "a", "{\"name\":\"Ann\",\"age\":1}");
    tell("d", 2, "a", "{\"name\":\"Ann\",\"age\":1}");
    topic.add(topic.get(0));
    tell("c", 3, "b", "{\"name\":\"Bob\",\"age\":1}");
    commit();

    assertThat(documents()).containsExactly("{\"_docID\":\"b\",\"name\":\"Bob\",\"age\":1}");
  }

  @Test
  void givenAPatchedCollection_whenRead_thenOldRowsHaveNoValueInTheNewColumns() throws Exception {
    tell("c", 1, "a", "{\"name\":\"Ann\",\"age\":1}");
    commit();
    String value =
        "{\"name\":\"Bob\",\"seen\":\"2026-01-02T03:04:05.123456Z\",\"marks\":[1.5,null]}";
    topic.add(event("c", 2, "f", "b", value, FIELDS[0], FIELDS[1], SEEN, MARKS));
    commit();

    assertThat(documents())
        .containsExactly(
            "{\"_docID\":\"a\",\"name\":\"Ann\",\"age\":1,\"seen\":null,\"marks\":null}",
            "{\"_docID\":\"b\",\"name\":\"Bob\",\"age\":null,\"seen\":\"2026-01-02T03:04:05.123456Z\",\"marks\":[1.5,null]}");
  }

  @Test
  void givenANodeThatBeganAnew_whenItToldItsDocumentsAgain_thenOnlyTheseAreLeft() throws Exception {
    tell("c", 70, "a", "{\"name\":\"Ann\",\"age\":1}");
    tell("c", 71, "b", "{\"name\":\"Bob\",\"age\":2}");
    commit();
    topic.add(event("r", 3, "new", "b", "{\"name\":\"Bobby\",\"age\":2}", FIELDS));
    tell("u", 72, "a", "{\"name\":\"of a feed that is past\",\"age\":1}");
    commit();

    assertThat(documents()).containsExactly("{\"_docID\":\"b\",\"name\":\"Bobby\",\"age\":2}");
    tell("u", 73, "b", "{\"name\":\"of a feed that is past\",\"age\":1}");
    assertThat(batch(table()).changes()).isEmpty();
  }

  @Test
  void givenATableOfSomebodyElse_whenOpened_thenItIsRefused() throws Exception {
    tell("c", 1, "a", "{\"name\":\"Ann\",\"age\":1}");
    commit();
    catalog.loadTable(NAME).newAppend().commit();
    assertThat(table().position().offsets()).as("others' snapshots are passed by").hasSize(1);
    catalog
        .loadTable(NAME)
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 60_000)
        .retainLast(1)
        .commit();

    assertThatThrownBy(() -> table().position())
        .isInstanceOf(TableException.class)
        .hasMessageContaining("none tells how far");
  }

  @Test
  void givenAnEventWithoutItsSchema_whenRead_thenTheFaultNamesWhereAndWhatIsNeeded() {
    byte[] bare = "{\"op\":\"c\",\"after\":{}}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> Change.of(new ConsumerRecord<>("defradb.User", 3, 14, new byte[0], bare), json))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("defradb.User-3 at offset 14")
        .hasMessageContaining("schemas.enable");
  }

  private UpsertTable table() {
    return UpsertTable.open(catalog, NAME);
  }

  /** What a new process would do with all that it does not have yet. */
  private void commit() throws Exception {
    UpsertTable table = table();
    table.stage(batch(table)).commit();
  }

  private Batch batch(UpsertTable table) throws Exception {
    var batch = new Batch(table.position());
    long next = batch.start().offsets().getOrDefault(0, 0L);
    for (long offset = next; offset < topic.size(); offset++) {
      ObjectNode event = topic.get((int) offset);
      byte[] value = event == null ? null : json.writeValueAsBytes(event);
      var record = new ConsumerRecord<>("defradb.User", 0, offset, new byte[0], value);
      batch.add(0, offset, Change.of(record, json));
    }
    return batch;
  }

  private List<String> documents() throws IOException {
    return table().documents(json).stream().map(ObjectNode::toString).toList();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private void tell(String op, long seq, String docId, String document) throws IOException {
    topic.add(event(op, seq, "f", docId, document, FIELDS));
  }

  private ObjectNode event(
      String op, long seq, String feed, String docId, String document, String... fields)
      throws IOException {
    ObjectNode event = json.createObjectNode();
    event
        .putObject("schema")
        .putArray("fields")
        .add(
            json.readTree(
                "{\"type\":\"struct\",\"field\":\"after\",\"fields\":" + List.of(fields) + "}"));
    ObjectNode payload = event.putObject("payload");
    payload.put("op", op).put("ts_ms", 1_000 + seq);
    payload.set(op.equals("d") ? "before" : "after", json.readTree(document));
    payload.putNull(op.equals("d") ? "after" : "before");
    payload
        .putObject("source")
        .put("docID", docId)
        .put("seq", seq)
        .put("feedId", feed)
        .put("cid", "bafy" + seq)
        .put("schemaVersion", "v" + fields.length);
    return event;
  }
}
