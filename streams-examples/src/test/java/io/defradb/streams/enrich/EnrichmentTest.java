package io.defradb.streams.enrich;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.streams.fixture.Pipe;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichmentTest {
  private static final String A = key("a").toString();
  private static final String B = key("b").toString();

  @TempDir Path folder;
  private Pipe pipe;

  @BeforeEach
  void open() {
    var fields = Map.of("name", "customerName", "tier", "tier");
    pipe =
        new Pipe(Enrichment.topology("events", "customers", "updates", "customer", fields), folder);
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void givenADocumentAndItsRow_whenJoined_thenTheMissingValuesAreAnUpdateUnderTheDocId() {
    pipe.send("customers", "7", json("{'name':'Ann','tier':2,'secret':true}"));
    send("a", event("c", 1, "{'customer':7}"));
    assertThat(pipe.table("updates")).isEqualTo(Map.of(A, json("{'customerName':'Ann','tier':2}")));
  }

  @Test
  void givenARowThatChanges_whenJoined_thenEveryDocumentOfItIsUpdatedWithWhatDiffers() {
    pipe.send("customers", "7", json("{'name':'Ann','tier':2}"));
    send("a", event("c", 1, "{'customer':7,'customerName':'Ann','tier':2}"));
    send("b", event("c", 2, "{'customer':7,'customerName':'Ann','tier':2}"));
    assertThat(pipe.table("updates")).isEmpty();
    pipe.send("customers", "7", json("{'name':'Ann','tier':3}"));
    assertThat(pipe.table("updates"))
        .isEqualTo(Map.of(A, json("{'tier':3}"), B, json("{'tier':3}")));
  }

  @Test
  void givenAnUpdateThatCameBackFromTheNode_whenJoined_thenTheCircleRests() {
    pipe.send("customers", "7", json("{'name':'Ann','tier':2}"));
    send("a", event("c", 1, "{'customer':7}"));
    assertThat(pipe.table("updates")).hasSize(1);
    send("a", event("u", 2, "{'customer':7,'customerName':'Ann','tier':2}"));
    assertThat(pipe.table("updates")).isEmpty();
  }

  @Test
  void givenARowThatIsGone_whenJoined_thenItsValuesAreCleared() {
    pipe.send("customers", "7", json("{'name':'Ann','tier':2}"));
    send("a", event("c", 1, "{'customer':7,'customerName':'Ann','tier':2}"));
    pipe.send("customers", "7", null);
    assertThat(pipe.table("updates"))
        .isEqualTo(Map.of(A, json("{'customerName':null,'tier':null}")));
  }

  @Test
  void givenALateUpdateAfterADelete_whenJoined_thenNothingIsWrittenToTheDeletedDocument() {
    send("a", event("c", 1, "{'customer':7}"));
    send("a", event("d", 2, "{'customer':7}"));
    send("a", null);
    send("a", event("u", 3, "{'customer':7}"));
    pipe.send("customers", "7", json("{'name':'Ann','tier':2}"));
    assertThat(pipe.table("updates")).isEmpty();
  }

  @Test
  void givenAKeyUsedAgainAfterItsDelete_whenJoined_thenTheNewDocumentIsEnriched() {
    pipe.send("customers", "7", json("{'name':'Ann','tier':2}"));
    send("a", event("c", 1, "{'customer':7,'customerName':'Ann','tier':2}"));
    send("a", event("d", 2, "{'customer':7,'customerName':'Ann','tier':2}"));
    send("b", event("c", 3, "{'customer':7,'generation':1}"));
    assertThat(pipe.table("updates")).isEqualTo(Map.of(B, json("{'customerName':'Ann','tier':2}")));
  }

  private void send(String docId, JsonNode event) {
    pipe.send("events", key(docId), event);
  }
}
