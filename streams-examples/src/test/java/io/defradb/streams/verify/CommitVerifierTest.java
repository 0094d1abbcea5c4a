package io.defradb.streams.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.dag.CommitCheck;
import io.defradb.streams.fixture.Author;
import io.defradb.streams.fixture.Author.Commit;
import io.defradb.streams.fixture.Events;
import io.defradb.streams.fixture.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitVerifierTest {
  private static final Author ANN = new Author(1);
  private static final Author BOB = new Author(2);
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Pipe pipe;

  @BeforeEach
  void open() {
    var check = new CommitCheck(true, Set.of(ANN.did()));
    pipe = new Pipe(CommitVerifier.topology("commits", "alarms", check, WAIT), folder);
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void givenAWholeChain_whenVerified_thenNoAlarmIsRaised() {
    Commit first = ANN.create("bae-1", "a");
    Commit second = ANN.update("b", first);
    Commit third = ANN.update("c", second);
    send(first, second, third, ANN.delete(third), first);
    pipe.pass(WAIT.multipliedBy(2));
    assertThat(pipe.values("alarms")).isEmpty();
  }

  @Test
  void givenAChangedBlock_whenVerified_thenItIsForgedAndWhatFollowsItIsAGap() {
    Commit first = ANN.create("bae-1", "a");
    Commit second = ANN.update("b", first);
    ObjectNode forged = second.row().deepCopy();
    forged.set("block", ANN.update("c", first).row().get("block"));
    send(first);
    pipe.send("commits", first.key(), forged);
    assertThat(alarm().path("alarm").asText()).isEqualTo("forged");
    send(ANN.update("d", second));
    pipe.pass(WAIT.plusSeconds(5));
    JsonNode gap = alarm();
    assertThat(gap.path("alarm").asText()).isEqualTo("missing");
    assertThat(gap.path("cid").asText()).isEqualTo(second.cid().toString());
  }

  @Test
  void givenASignerWhoIsNotTrusted_whenVerified_thenTheCommitIsForged() {
    send(BOB.create("bae-1", "a"));
    assertThat(alarm().path("reason").asText()).isEqualTo(BOB.did() + " is not trusted");
  }

  @Test
  void givenAnotherDocumentsKey_whenVerified_thenTheCommitIsForged() {
    pipe.send("commits", Events.key("bae-2"), ANN.create("bae-1", "a").row());
    assertThat(alarm().path("alarm").asText()).isEqualTo("forged");
  }

  @Test
  void givenAParentThatComesInTime_whenVerified_thenNoAlarmIsRaised() {
    Commit first = ANN.create("bae-1", "a");
    Commit second = ANN.update("b", first);
    send(second);
    pipe.pass(WAIT.dividedBy(2));
    send(first);
    pipe.pass(WAIT.multipliedBy(2));
    assertThat(pipe.values("alarms")).isEmpty();
  }

  @Test
  void givenAParentThatNeverComes_whenTheWaitIsOver_thenTheGapIsToldOnce() {
    Commit first = ANN.create("bae-1", "a");
    Commit second = ANN.update("b", first);
    send(second, ANN.update("c", first));
    pipe.pass(WAIT.minusSeconds(6));
    assertThat(pipe.values("alarms")).isEmpty();
    pipe.pass(WAIT);
    pipe.pass(WAIT);
    JsonNode gap = alarm();
    assertThat(gap.path("alarm").asText()).isEqualTo("missing");
    assertThat(gap.path("cid").asText()).isEqualTo(first.cid().toString());
    assertThat(gap.path("reason").asText()).startsWith(second.cid().toString());
  }

  @Test
  void givenALateUpdateAfterADelete_whenVerified_thenItMayNotBeToldAsAlive() {
    Commit first = ANN.create("bae-1", "a");
    Commit late = ANN.update("late", first);
    Commit later = ANN.update("later", late);
    late.row().put("deleted", true);
    send(first, ANN.delete(first), late);
    assertThat(pipe.values("alarms")).isEmpty();
    send(later);
    JsonNode alarm = alarm();
    assertThat(alarm.path("alarm").asText()).isEqualTo("revived");
    assertThat(alarm.path("cid").asText()).isEqualTo(later.cid().toString());
  }

  @Test
  void givenAKeyUsedAgainAfterItsDelete_whenVerified_thenTheNewDocumentStandsForItself() {
    Commit first = ANN.create("bae-1", "a");
    send(first, ANN.delete(first), ANN.create("bae-1-again", "a"));
    pipe.send("commits", first.key(), null); // a tombstone proves nothing
    pipe.pass(WAIT.multipliedBy(2));
    assertThat(pipe.values("alarms")).isEmpty();
  }

  private JsonNode alarm() {
    List<JsonNode> alarms = pipe.values("alarms");
    assertThat(alarms).hasSize(1);
    return alarms.get(0);
  }

  private void send(Commit... commits) {
    for (Commit commit : commits) {
      pipe.send("commits", commit.key(), commit.row());
    }
  }
}
