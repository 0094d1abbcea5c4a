package io.defradb.streams.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.streams.fixture.Author;
import io.defradb.streams.fixture.Author.Commit;
import io.defradb.streams.fixture.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConflictAuditTest {
  private static final Author ANN = new Author(1);
  private static final Author BOB = new Author(2);

  @TempDir Path folder;
  private Pipe pipe;

  @BeforeEach
  void open() {
    var topology = ConflictAudit.topology("commits", "conflicts", "pairs", Duration.ofHours(1));
    pipe = new Pipe(topology, folder);
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void givenEditsOneAfterAnother_whenAudited_thenThereIsNoConflict() {
    Commit first = ANN.create("bae-1", "a");
    Commit second = BOB.update("b", first);
    send(first, second, ANN.update("c", second));
    assertThat(pipe.values("conflicts")).isEmpty();
  }

  @Test
  void givenConcurrentEditsOfOneHeight_whenAudited_thenTheGreaterValueWonAndBothAuthorsAreNamed() {
    Commit first = ANN.create("bae-1", "a");
    Commit anns = ANN.update("zoe", first);
    Commit bobs = BOB.update("bob", first);
    send(first, anns, bobs);
    List<JsonNode> conflicts = pipe.values("conflicts");
    assertThat(conflicts).hasSize(1);
    JsonNode conflict = conflicts.get(0);
    assertThat(conflict.path("docID").asText()).isEqualTo("bae-1");
    assertThat(conflict.path("field").asText()).isEqualTo("name");
    assertThat(conflict.path("decidedBy").asText()).isEqualTo("value");
    assertThat(conflict.at("/winner/author").asText()).isEqualTo(ANN.did());
    assertThat(conflict.at("/winner/value").asText()).isEqualTo("zoe");
    assertThat(conflict.at("/winner/commit").asText()).isEqualTo(anns.cid().toString());
    assertThat(conflict.at("/loser/author").asText()).isEqualTo(BOB.did());
    assertThat(conflict.at("/loser/value").asText()).isEqualTo("bob");
  }

  @Test
  void givenALongerChain_whenAudited_thenHeightWinsOverValueWhicheverCameFirst() {
    Commit first = ANN.create("bae-1", "a");
    Commit anns = ANN.update("zoe", first);
    Commit bobs = BOB.update("b1", first);
    Commit bobsNext = BOB.update("b2", bobs);
    send(first, bobs, bobsNext, anns);
    JsonNode conflict = pipe.values("conflicts").get(0);
    assertThat(conflict.path("decidedBy").asText()).isEqualTo("height");
    assertThat(conflict.at("/winner/value").asText()).isEqualTo("b2");
    assertThat(conflict.at("/loser/value").asText()).isEqualTo("zoe");
    Commit merged = ANN.update("both known", anns, bobsNext);
    send(merged);
    assertThat(pipe.values("conflicts")).isEmpty();
  }

  @Test
  void givenALateUpdateAfterADelete_whenAudited_thenTheDeleteWonAndStaysTheWinner() {
    Commit first = ANN.create("bae-1", "a");
    Commit delete = ANN.delete(first);
    Commit late = BOB.update("late", first);
    Commit later = BOB.update("later", late);
    send(first, delete, late, later);
    List<JsonNode> conflicts = pipe.values("conflicts");
    assertThat(conflicts).hasSize(2);
    for (JsonNode conflict : conflicts) {
      assertThat(conflict.path("decidedBy").asText()).isEqualTo("delete");
      assertThat(conflict.path("field").isNull()).isTrue();
      assertThat(conflict.at("/winner/author").asText()).isEqualTo(ANN.did());
      assertThat(conflict.at("/winner/commit").asText()).isEqualTo(delete.cid().toString());
      assertThat(conflict.at("/loser/author").asText()).isEqualTo(BOB.did());
    }
  }

  @Test
  void givenADeleteThatDidNotKnowAnUpdate_whenAudited_thenTheUpdateWasLost() {
    Commit first = ANN.create("bae-1", "a");
    Commit update = BOB.update("b", first);
    send(first, update, ANN.delete(first));
    JsonNode conflict = pipe.values("conflicts").get(0);
    assertThat(conflict.at("/loser/commit").asText()).isEqualTo(update.cid().toString());
    assertThat(conflict.at("/winner/author").asText()).isEqualTo(ANN.did());
  }

  @Test
  void givenAKeyUsedAgainAfterItsDelete_whenAudited_thenTheNewDocumentIsNoConflict() {
    Commit first = ANN.create("bae-1", "a");
    send(first, ANN.delete(first), BOB.create("bae-1-again", "a"));
    pipe.send("commits", first.key(), null); // a tombstone says nothing here
    assertThat(pipe.values("conflicts")).isEmpty();
  }

  @Test
  void givenADeliveryTwice_whenAudited_thenItIsToldOnce() {
    Commit first = ANN.create("bae-1", "a");
    Commit anns = ANN.update("zoe", first);
    Commit bobs = BOB.update("bob", first);
    send(first, anns, bobs, first, anns, bobs);
    assertThat(pipe.values("conflicts")).hasSize(1);
  }

  @Test
  void givenAForgedAuthor_whenAudited_thenNobodyIsAccused() {
    Commit first = ANN.create("bae-1", "a");
    ObjectNode forged = BOB.update("zzz", first).row().put("signer", ANN.did());
    send(first, ANN.update("b", first));
    pipe.send("commits", first.key(), forged);
    assertThat(pipe.values("conflicts")).isEmpty();
  }

  @Test
  void givenSeveralConflicts_whenCounted_thenThePairHasTheirNumber() {
    for (int i = 0; i < 3; i++) {
      Commit first = ANN.create("bae-" + i, "a");
      send(first, ANN.update("zoe", first), BOB.update("bob", first));
    }
    JsonNode pair = pipe.table("pairs").get(ANN.did() + ">" + BOB.did());
    assertThat(pair.path("conflicts").asInt()).isEqualTo(3);
    assertThat(pair.path("winner").asText()).isEqualTo(ANN.did());
    assertThat(pair.path("loser").asText()).isEqualTo(BOB.did());
  }

  private void send(Commit... commits) {
    for (Commit commit : commits) {
      pipe.send("commits", commit.key(), commit.row());
    }
  }
}
