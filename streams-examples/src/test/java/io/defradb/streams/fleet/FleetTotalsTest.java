package io.defradb.streams.fleet;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.streams.fixture.Pipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTotalsTest {
  @TempDir Path folder;
  private Pipe pipe;

  @BeforeEach
  void open() {
    var topology = FleetTotals.topology("events", "totals", "region", List.of("trips", "km"));
    pipe = new Pipe(topology, folder);
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void givenCountersThatGrow_whenSummed_thenEachCountsWithItsNewestValue() {
    send("a", event("c", 1, "{'region':'north','trips':1,'km':0.1}"));
    send("b", event("c", 2, "{'region':'north','trips':9007199254740993,'km':0.2}"));
    send("a", event("u", 3, "{'region':'north','trips':5,'km':0.1}"));
    assertThat(pipe.table("totals").get("north"))
        .isEqualTo(json("{'documents':2,'trips':9007199254740998,'km':0.3}"));
  }

  @Test
  void givenADocumentThatMoves_whenSummed_thenItsAmountsMoveWithIt() {
    send("a", event("c", 1, "{'region':'north','trips':2}"));
    send("b", event("c", 2, "{'region':'north','trips':3}"));
    send("a", event("u", 3, "{'region':'south','trips':4}"));
    Map<String, JsonNode> totals = pipe.table("totals");
    assertThat(totals.get("north")).isEqualTo(json("{'documents':1,'trips':3,'km':0}"));
    assertThat(totals.get("south")).isEqualTo(json("{'documents':1,'trips':4,'km':0}"));
  }

  @Test
  void givenALateUpdateAfterADelete_whenSummed_thenTheDocumentCountsNoMore() {
    send("a", event("c", 1, "{'region':'north','trips':2}"));
    send("a", event("d", 2, "{'region':'north','trips':2}"));
    send("a", null);
    send("a", event("u", 3, "{'region':'north','trips':7}"));
    send("a", event("c", 1, "{'region':'north','trips':2}"));
    assertThat(pipe.table("totals").get("north"))
        .isEqualTo(json("{'documents':0,'trips':0,'km':0}"));
  }

  @Test
  void givenAKeyUsedAgainAfterItsDelete_whenSummed_thenTheNewDocumentCountsFromItsOwnStart() {
    send("a", event("c", 1, "{'region':'north','trips':20}"));
    send("a", event("d", 2, "{'region':'north','trips':20}"));
    send("a again", event("c", 3, "{'region':'north','trips':1}"));
    assertThat(pipe.table("totals").get("north"))
        .isEqualTo(json("{'documents':1,'trips':1,'km':0}"));
  }

  @Test
  void givenADocumentWithoutAGroup_whenSummed_thenItIsNotLost() {
    send("a", event("c", 1, "{'trips':2}"));
    assertThat(pipe.table("totals")).containsKey("null");
  }

  private void send(String docId, JsonNode event) {
    pipe.send("events", key(docId), event);
  }
}
