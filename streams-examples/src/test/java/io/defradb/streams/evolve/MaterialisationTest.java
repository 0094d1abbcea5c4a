package io.defradb.streams.evolve;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.streams.fixture.Pipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialisationTest {
  @TempDir Path folder;
  private Pipe pipe;

  @BeforeEach
  void open() {
    List<Column> columns =
        Stream.of("fullName:string=name|title", "points:int", "isHere").map(Column::parse).toList();
    pipe = new Pipe(Materialisation.topology("events", "rows", columns), folder);
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void givenRecordsBeforeAndAfterPatches_whenRead_thenAllRowsHaveOneShape() {
    send("a", event("f", "c", 1, 1, "v1", "{'title':'Ann'}"));
    send("b", event("f", "c", 2, 2, "v2", "{'title':null,'name':'Bob','points':3}"));
    send(
        "c",
        event("f", "c", 3, 3, "v3", "{'name':'old','fullName':'Cid','points':4,'isHere':true}"));
    assertThat(pipe.table("rows"))
        .isEqualTo(
            Map.of(
                "a", json("{'fullName':'Ann','points':null,'isHere':null,'_version':'v1'}"),
                "b", json("{'fullName':'Bob','points':3,'isHere':null,'_version':'v2'}"),
                "c", json("{'fullName':'Cid','points':4,'isHere':true,'_version':'v3'}")));
  }

  @Test
  void givenAnOldWriterAfterThePatch_whenRead_thenItsUpdateCounts() {
    send("a", event("f", "c", 1, 1, "v2", "{'name':'Ann','points':1}"));
    send("a", event("f", "u", 2, 2, "v1", "{'title':'Ann A.'}"));
    assertThat(pipe.table("rows").get("a"))
        .isEqualTo(json("{'fullName':'Ann A.','points':null,'isHere':null,'_version':'v1'}"));
  }

  @Test
  void givenAFieldThatTheReaderDoesNotKnow_whenRead_thenItIsKept() {
    send("a", event("f", "c", 1, 1, "v4", "{'fullName':'Ann','height':1.5}"));
    assertThat(pipe.table("rows").get("a").path("_more")).isEqualTo(json("{'height':1.5}"));
  }

  @Test
  void givenAValueThatDoesNotFit_whenRead_thenTheRowSaysSoAndNothingStops() {
    send("a", event("c", 1, "{'name':7,'points':'many'}"));
    send("b", event("c", 2, "{'name':'Bob','points':'12'}"));
    Map<String, JsonNode> rows = pipe.table("rows");
    assertThat(rows.get("a").path("fullName").asText()).isEqualTo("7");
    assertThat(rows.get("a").path("points").isNull()).isTrue();
    assertThat(rows.get("a").at("/_faults/points").asText()).isEqualTo("\"many\" is no int");
    assertThat(rows.get("b").path("points").asInt()).isEqualTo(12);
  }

  @Test
  void givenALateUpdateOfAnOlderVersionAfterADelete_whenRead_thenTheRowStaysGone() {
    send("a", event("f", "c", 1, 1, "v1", "{'title':'Ann'}"));
    send("a", event("f", "d", 2, 2, "v2", "{'name':'Ann'}"));
    send("a", null);
    send("a", event("f", "u", 3, 3, "v1", "{'title':'late'}"));
    assertThat(pipe.table("rows")).containsEntry("a", null);
  }

  @Test
  void givenAKeyUsedAgainAfterItsDelete_whenRead_thenTheNewDocumentHasARowOfItsOwn() {
    send("a", event("f", "c", 1, 1, "v1", "{'title':'Ann'}"));
    send("a", event("f", "d", 2, 2, "v1", "{'title':'Ann'}"));
    send("a again", event("f", "c", 3, 3, "v2", "{'name':'Ann','generation':1}"));
    Map<String, JsonNode> rows = pipe.table("rows");
    assertThat(rows).containsEntry("a", null);
    assertThat(rows.get("a again").path("fullName").asText()).isEqualTo("Ann");
  }

  @Test
  void givenAMistypedColumn_whenParsed_thenItIsRefusedWithTheRightForm() {
    assertThatThrownBy(() -> Column.parse("a:date")).hasMessageContaining("boolean");
    assertThatThrownBy(() -> Column.parse("a=")).hasMessageContaining("name:type=older|oldest");
  }

  private void send(String docId, JsonNode event) {
    pipe.send("events", key(docId), event);
  }
}
