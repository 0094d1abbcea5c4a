package io.defradb.replication.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.Transaction;
import io.defradb.db.merge.Replica;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HotDocumentsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Replica replica =
      new Replica("type User { name: String }", WriteRandom.of(new Random(5)), null);
  private final HotDocuments hot = new HotDocuments();

  private DocId user(int updates) {
    DocId docId = replica.create("User", "{\"name\":\"u\"}", EncryptionChoice.NONE);
    for (int i = 0; i < updates; i++) {
      update(docId, i);
    }
    return docId;
  }

  private PushLog update(DocId docId, int number) {
    replica.update("User", docId, "{\"name\":\"" + number + "\"}");
    try (Transaction transaction = replica.database().begin(true)) {
      Cid head = transaction.commits().heads(docId).orElseThrow().composite().get(0);
      return new PushLog(
          docId, head, "users", new MemoryHosts(1).host("a").id(), transaction.commits().raw(head));
    }
  }

  @Test
  void givenAYoungDocument_whenUpdatedOften_thenEveryCommitIsTold() {
    DocId docId = user(0);
    for (int i = 0; i < 10; i++) {
      assertThat(hot.mayTell(update(docId, i), 0)).isTrue();
    }
    assertThat(hot.delay(0)).isNull();
  }

  @Test
  void givenALongHistory_whenUpdatedOften_thenTheNewestIsToldWhenThePeersHadTime() {
    DocId docId = user(60);
    assertThat(hot.mayTell(update(docId, 1), 0)).isTrue();
    assertThat(hot.mayTell(update(docId, 2), 0)).isFalse();
    PushLog newest = update(docId, 3);
    assertThat(hot.mayTell(newest, 1)).isFalse();
    Duration delay = hot.delay(1);
    assertThat(delay).isBetween(Duration.ofMillis(50), Duration.ofMillis(200));
    assertThat(hot.takeDue(1)).isEmpty();
    assertThat(hot.takeDue(1 + delay.toNanos())).isEqualTo(List.of(newest));
    assertThat(hot.delay(1 + delay.toNanos())).isNull();
  }

  @Test
  void givenALongHistory_whenUpdatedNowAndThen_thenEveryCommitIsToldAtOnce() {
    DocId docId = user(60);
    for (int i = 0; i < 3; i++) {
      assertThat(hot.mayTell(update(docId, i), i * SECOND)).isTrue();
    }
  }

  @Test
  void givenSomethingHeldBack_whenTold_thenWhatFollowsRestsAgain() {
    DocId docId = user(60);
    hot.mayTell(update(docId, 1), 0);
    hot.mayTell(update(docId, 2), 0);
    assertThat(hot.takeDue(SECOND)).hasSize(1);
    assertThat(hot.mayTell(update(docId, 3), SECOND)).isFalse();
  }

  /** A peer that was overwhelmed has given up what it was told. */
  @Test
  void givenABusyLongHistory_whenNothingComesAnyMore_thenItsNewestIsToldAgainThreeTimes() {
    DocId docId = user(210);
    hot.mayTell(update(docId, 1), 0);
    PushLog newest = update(docId, 2);
    hot.mayTell(newest, 0);
    long now = 2 * SECOND;
    assertThat(hot.takeDue(now)).isEqualTo(List.of(newest));
    for (int minutes : List.of(1, 2, 4)) {
      assertThat(hot.delay(now)).isEqualTo(Duration.ofMinutes(minutes));
      now += minutes * 60 * SECOND;
      assertThat(hot.takeDue(now)).isEqualTo(List.of(newest));
    }
    assertThat(hot.delay(now)).isNull();
  }

  @Test
  void givenALongHistoryThatIsToldAgain_whenUpdated_thenThatIsToldAtOnce() {
    DocId docId = user(210);
    hot.mayTell(update(docId, 1), 0);
    hot.mayTell(update(docId, 2), 0);
    hot.takeDue(2 * SECOND);
    assertThat(hot.mayTell(update(docId, 3), 10 * SECOND)).isTrue();
  }

  @Test
  void givenAQuietLongHistory_whenUpdatedOnce_thenItIsToldOnce() {
    DocId docId = user(210);
    assertThat(hot.mayTell(update(docId, 1), 0)).isTrue();
    assertThat(hot.delay(0)).isNull();
  }
}
