package io.defradb.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  private static final String NAME = "{\"type\":\"string\",\"optional\":true,\"field\":\"name\"}";
  private static final String AGE = "{\"type\":\"int64\",\"optional\":true,\"field\":\"age\"}";
  private static final String SEEN =
      "{\"type\":\"string\",\"optional\":true,\"name\":\"io.debezium.time.ZonedTimestamp\",\"field\":\"seen\"}";
  private static final String MARKS =
      "{\"type\":\"array\",\"items\":{\"type\":\"double\",\"optional\":true},\"optional\":true,\"field\":\"marks\"}";

  private final ObjectMapper json = new ObjectMapper();
  @TempDir Path lake;

  @Test
  void givenCreatesUpdatesAndDeletes_whenAsked_thenTheLastLivingRowsAreThere() throws Exception {
    write(
        0,
        event("c", 1, "f", "a", fields(NAME, AGE), "{\"name\":\"Ann\",\"age\":9007199254740993}"),
        event("c", 2, "f", "b", fields(NAME, AGE), "{\"name\":\"Bob\",\"age\":null}"),
        event("c", 3, "f", "c", fields(NAME, AGE), "{\"name\":\"Cid\",\"age\":3}"));
    write(
        0,
        event("u", 4, "f", "a", fields(NAME, AGE), "{\"name\":\"Anna\",\"age\":9007199254740993}"),
        event("d", 5, "f", "c", fields(NAME, AGE), "{\"name\":\"Cid\",\"age\":3}"),
        null);

    try (Lake open = Lake.open(lake)) {
      assertThat(open.collections()).containsExactly("User");
      assertThat(open.documents("User"))
          .containsExactly(
              "{\"_docID\":\"a\",\"name\":\"Anna\",\"age\":9007199254740993}",
              "{\"_docID\":\"b\",\"name\":\"Bob\",\"age\":null}");
      assertThat(open.query("SELECT count(*) FROM User_changes").get(1)).containsExactly("5");
    }
  }

  @Test
  void givenAPatchedCollection_whenOldAndNewRowsMeet_thenOldRowsHaveNoValueInTheNewColumn()
      throws Exception {
    write(0, event("c", 1, "f", "a", fields(NAME), "{\"name\":\"Ann\"}"));
    write(
        0,
        event(
            "c",
            2,
            "f",
            "b",
            fields(NAME, SEEN, MARKS),
            "{\"name\":\"Bob\",\"seen\":\"2026-01-02T03:04:05.123456Z\",\"marks\":[1.5,null]}"));

    try (Lake open = Lake.open(lake)) {
      assertThat(open.documents("User"))
          .containsExactly(
              "{\"_docID\":\"a\",\"name\":\"Ann\",\"seen\":null,\"marks\":null}",
              "{\"_docID\":\"b\",\"name\":\"Bob\",\"seen\":\"2026-01-02 03:04:05.123456+00\",\"marks\":[1.5,null]}");
    }
  }

  @Test
  void givenEventsTwice_whenAsked_thenALateCopyChangesNothing() throws Exception {
    ObjectNode first = event("c", 1, "f", "a", fields(NAME), "{\"name\":\"Ann\"}");
    ObjectNode second = event("u", 2, "f", "a", fields(NAME), "{\"name\":\"Anna\"}");
    write(0, first, second, first);

    try (Lake open = Lake.open(lake)) {
      assertThat(open.documents("User")).containsExactly("{\"_docID\":\"a\",\"name\":\"Anna\"}");
    }
  }

  @Test
  void givenANodeThatBeganAnew_whenItToldItsDocumentsAgain_thenOnlyTheseAreLeft() throws Exception {
    write(
        0,
        event("c", 70, "old", "a", fields(NAME), "{\"name\":\"Ann\"}"),
        event("c", 71, "old", "b", fields(NAME), "{\"name\":\"Bob\"}"),
        event("r", 3, "new", "b", fields(NAME), "{\"name\":\"Bobby\"}"));

    try (Lake open = Lake.open(lake)) {
      assertThat(open.documents("User")).containsExactly("{\"_docID\":\"b\",\"name\":\"Bobby\"}");
    }
  }

  @Test
  void givenAWriterThatWasKilled_whenItGoesOn_thenItReadsFromAfterTheLastWholeFile()
      throws Exception {
    write(0, event("c", 1, "f", "a", fields(NAME), "{\"name\":\"Ann\"}"), null);
    Path place = lake.resolve("User/partition=0");
    try (Connection duck = Lake.memory();
        var changelog = new Changelog(place, duck, json)) {
      assertThat(changelog.next()).isEqualTo(2);
      changelog.add(2, change(2, event("c", 2, "f", "b", fields(NAME), "{\"name\":\"Bob\"}")));
      // Killed here: gathered, and in no file.
    }
    Files.writeString(place.resolve("parquet.writing"), "half a file");

    try (Connection duck = Lake.memory();
        var changelog = new Changelog(place, duck, json)) {
      assertThat(changelog.next()).isEqualTo(2);
      assertThat(changelog.waiting()).isZero();
    }
    assertThat(place.resolve("parquet.writing")).doesNotExist();
    assertThat(place)
        .isDirectoryContaining("glob:**00000000000000000000-00000000000000000001.parquet");
  }

  @Test
  void givenAFieldOfAnotherType_whenWritten_thenItsRowsGoIntoAFileOfTheirOwn() throws Exception {
    String text = NAME.replace("name", "age");
    write(
        0,
        event("c", 1, "f", "a", fields(AGE), "{\"age\":1}"),
        event("c", 2, "f", "b", fields(text), "{\"age\":\"two\"}"));

    assertThat(lake.resolve("User/partition=0").toFile().list()).hasSize(2);
  }

  @Test
  void givenAnEventWithoutItsSchema_whenRead_thenTheFaultNamesWhereAndWhatIsNeeded() {
    byte[] bare = "{\"op\":\"c\",\"after\":{}}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> Change.of(new ConsumerRecord<>("defradb.User", 3, 14, new byte[0], bare), json))
        .isInstanceOf(LakeException.class)
        .hasMessageContaining("defradb.User-3 at offset 14")
        .hasMessageContaining("schemas.enable");
  }

  /** One file, after those that are there; null stands for a tombstone. */
  private void write(int partition, ObjectNode... events) throws Exception {
    try (Connection duck = Lake.memory();
        var changelog = new Changelog(lake.resolve("User/partition=" + partition), duck, json)) {
      for (ObjectNode event : events) {
        long offset = changelog.next();
        changelog.add(offset, event == null ? null : change(offset, event));
      }
      changelog.finish();
    }
  }

  private Change change(long offset, ObjectNode event) throws Exception {
    return Change.of(
        new ConsumerRecord<>("defradb.User", 0, offset, new byte[0], json.writeValueAsBytes(event)),
        json);
  }

  private ObjectNode event(
      String op, long seq, String feed, String docId, String fields, String document)
      throws Exception {
    ObjectNode event = json.createObjectNode();
    event
        .putObject("schema")
        .putArray("fields")
        .add(json.readTree("{\"type\":\"struct\",\"field\":\"after\",\"fields\":" + fields + "}"));
    ObjectNode payload = event.putObject("payload");
    payload.put("op", op).put("ts_ms", 1_000 + seq + (feed.equals("new") ? 1_000 : 0));
    payload.set(op.equals("d") ? "before" : "after", json.readTree(document));
    payload.putNull(op.equals("d") ? "after" : "before");
    payload
        .putObject("source")
        .put("docID", docId)
        .put("seq", seq)
        .put("feedId", feed)
        .put("cid", "bafy" + seq)
        .put("height", 1)
        .put("schemaVersion", "v1");
    return event;
  }

  private static String fields(String... fields) {
    return List.of(fields).toString();
  }
}
