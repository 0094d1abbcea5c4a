package io.defradb.streams.latest;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static io.defradb.streams.fixture.Events.withSchema;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.streams.fixture.Pipe;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestStateTest {
  @TempDir Path folder;
  private Pipe pipe;

  @BeforeEach
  void open() {
    pipe = new Pipe(LatestState.topology("events", "table"), folder);
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void givenCreateUpdateDelete_whenFolded_thenTheTableHoldsWhatIsLeft() {
    send("a", event("c", 1, "{'n':1}"));
    send("b", event("c", 2, "{'n':2}"));
    send("a", event("u", 3, "{'n':9007199254740993}"));
    send("b", event("d", 4, "{'n':2}"));
    send("b", null); // the tombstone
    Map<String, JsonNode> rows = pipe.table("table");
    assertThat(rows.get("a").get("n").asLong()).isEqualTo(9007199254740993L);
    assertThat(rows).containsEntry("b", null);
  }

  @Test
  void givenALateUpdateAfterTheDelete_whenFolded_thenTheDocumentStaysDeleted() {
    send("a", event("c", 1, "{'n':1}"));
    send("a", event("d", 3, "{'n':1}"));
    send("a", event("u", 2, "{'n':7}"));
    send("a", event("u", 5, "{'n':8}"));
    send("a", event("another feed", "u", 9, 9, "v1", "{'n':9}"));
    assertThat(pipe.table("table")).containsEntry("a", null);
  }

  @Test
  void givenAKeyUsedAgainAfterItsDelete_whenFolded_thenTheNewDocumentLivesBesideTheDeletedOne() {
    send("a", event("c", 1, "{'key':7}"));
    send("a", event("d", 2, "{'key':7}"));
    send("a again", event("c", 3, "{'key':7,'generation':1}"));
    assertThat(pipe.table("table"))
        .containsEntry("a", null)
        .containsEntry("a again", json("{'key':7,'generation':1}"));
  }

  @Test
  void givenADeliveryTwice_whenFolded_thenNothingChanges() {
    send("a", event("c", 1, "{'n':1}"));
    send("a", event("u", 2, "{'n':2}"));
    send("a", event("c", 1, "{'n':1}"));
    assertThat(pipe.table("table").get("a")).isEqualTo(json("{'n':2}"));
  }

  @Test
  void givenASnapshotOfANewFeed_whenFolded_thenItReplacesWhatTheOldOneSaid() {
    send("a", event("old", "c", 90, 1, "v1", "{'n':1}"));
    send("b", event("old", "d", 91, 2, "v1", "{'n':1}"));
    send("a", event("new", "r", 1, 3, "v1", "{'n':2}"));
    send("b", event("new", "r", 1, 3, "v1", "{'n':2}"));
    send("a", event("old", "u", 92, 2, "v1", "{'n':7}")); // delivered late
    assertThat(pipe.table("table"))
        .containsEntry("a", json("{'n':2}"))
        .containsEntry("b", json("{'n':2}"));
  }

  @Test
  void givenAConverterWithSchemas_whenFolded_thenThePayloadIsRead() {
    pipe.send("events", withSchema(key("a")), withSchema(event("c", 1, "{'n':1}")));
    assertThat(pipe.table("table")).containsEntry("a", json("{'n':1}"));
  }

  private void send(String docId, JsonNode event) {
    pipe.send("events", key(docId), event);
  }
}
