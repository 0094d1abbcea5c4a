package io.defradb.replication.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Cid;
import io.defradb.replication.PeerStatus;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.replication.testing.MemoryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To a peer that fetches commit by commit. */
class LongHistoryTest {
  private final MemoryHosts hosts = new MemoryHosts(5);
  private final MemoryNode a = new MemoryNode(hosts, "a", "type User { name: String }");
  private final MemoryNode b = new MemoryNode(hosts, "b", "type User { name: String }");
  private final SilentTarget target = new SilentTarget();
  private final Replicators replicators = a.replicators(target);

  private record Push(PushLog log, Duration limit, CompletableFuture<Void> answer) {
    long height() {
      return BlockCodec.decode(log.block().toArray()).delta().priority();
    }
  }

  /** Is told, and answers when the test says so. */
  private static final class SilentTarget implements PushTarget {
    private final List<Push> told = new ArrayList<>();
    private final List<Push> staged = new ArrayList<>();

    @Override
    public CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit) {
      var push = new Push(log, limit, new CompletableFuture<>());
      told.add(push);
      return push.answer();
    }

    @Override
    public CompletionStage<Void> stage(
        PeerId peer, PushLog log, Collection<Cid> last, Duration limit) {
      var push = new Push(log, limit, new CompletableFuture<>());
      staged.add(push);
      return push.answer();
    }

    @Override
    public CompletionStage<Void> meet(PeerId peer) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean takesBlocks(PeerId peer) {
      return false;
    }

    static List<Long> heights(List<Push> pushes) {
      return pushes.stream().map(Push::height).toList();
    }

    /** The peer has asked for what is in every stage. */
    void endStages() {
      staged.forEach(stage -> stage.answer().complete(null));
    }

    /** A peer that is told to stop. */
    void timeOut(int push) {
      told.get(push)
          .answer()
          .completeExceptionally(
              new DefraException(ErrorCode.PEER_TIMEOUT, "context deadline exceeded"));
    }
  }

  @AfterEach
  void close() {
    replicators.close();
  }

  private DocId user(int updates) {
    DocId docId = a.replica().create("User", "{\"name\":\"u\"}", EncryptionChoice.NONE);
    update(docId, updates);
    return docId;
  }

  private void update(DocId docId, int updates) {
    for (int i = 0; i < updates; i++) {
      a.replica().update("User", docId, "{\"name\":\"" + i + "\"}");
    }
  }

  private void replicate() {
    replicators.set(MemoryHosts.addresses(b.host()), List.of("User"), List.of());
    run();
  }

  private void run() {
    hosts.network().schedule().runUntil(() -> false, Duration.ofSeconds(5));
  }

  private PeerStatus status() {
    return replicators.status().get(0);
  }

  @Test
  void givenAHistory_whenPushed_thenStagesOfItAreToldAtOnceAndThenTheHead() {
    user(50);
    replicate();
    assertThat(SilentTarget.heights(target.staged)).containsExactly(2L, 14L, 26L, 38L, 50L);
    assertThat(target.told).isEmpty();
    target.endStages();
    run();
    assertThat(SilentTarget.heights(target.told)).containsExactly(51L);
  }

  @Test
  void givenAShortHistory_whenPushed_thenItsHeadAloneIsTold() {
    user(11);
    replicate();
    assertThat(target.staged).isEmpty();
    assertThat(SilentTarget.heights(target.told)).containsExactly(12L);
  }

  @Test
  void givenManyUpdatesAtOnce_whenPushed_thenStagesAreOfThemOnly() {
    DocId docId = user(0);
    replicate();
    update(docId, 30);
    target.told.get(0).answer().complete(null);
    run();
    assertThat(SilentTarget.heights(target.staged)).containsExactly(6L, 18L, 30L);
    target.endStages();
    run();
    assertThat(SilentTarget.heights(target.told)).containsExactly(1L, 31L);
  }

  @Test
  void givenStagesThatFail_whenTheHeadIsAcknowledged_thenNothingIsOwed() {
    user(60);
    replicate();
    target.staged.forEach(
        stage ->
            stage
                .answer()
                .completeExceptionally(
                    new DefraException(ErrorCode.STREAM_RESET, "the peer gave the call up")));
    run();
    assertThat(status().lastSuccess()).isNull();
    target.told.get(0).answer().complete(null);
    run();
    assertThat(status().owedDocuments()).isZero();
    assertThat(status().lastFailure()).isNull();
    assertThat(status().lastSuccess()).isNotNull();
  }

  /** The reference merges what it has when it is told to stop. */
  @Test
  void givenALongHistory_whenPushed_thenItsHeadIsToldForAMomentFirstAndThenPatiently() {
    user(300);
    replicate();
    target.endStages();
    run();
    target.timeOut(0);
    run();
    assertThat(SilentTarget.heights(target.told)).containsExactly(301L, 301L);
    assertThat(target.told.get(0).limit()).isLessThan(Duration.ofSeconds(3));
    assertThat(target.told.get(1).limit()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    assertThat(status().owedDocuments()).isEqualTo(1);
    target.told.get(1).answer().complete(null);
    run();
    assertThat(status().owedDocuments()).isZero();
    assertThat(status().lastFailure()).isNull();
  }

  @Test
  void givenALongHistoryUnderWay_whenOthersAreWritten_thenTheyDoNotWait() {
    user(300);
    replicate();
    a.replica().create("User", "{\"name\":\"other\"}", EncryptionChoice.NONE);
    run();
    assertThat(SilentTarget.heights(target.told)).containsExactly(1L);
    target.told.get(0).answer().complete(null);
    run();
    assertThat(status().lag()).isZero();
    assertThat(replicators.list().get(0).isActive()).isTrue();
  }

  @Test
  void givenALongHistoryThatArrived_whenItIsUpdated_thenItsStagesAreNotToldAgain() {
    DocId docId = user(300);
    replicate();
    target.endStages();
    run();
    int stages = target.staged.size();
    target.timeOut(0);
    run();
    target.told.get(1).answer().complete(null);
    run();
    update(docId, 1);
    run();
    assertThat(target.staged).hasSize(stages);
    assertThat(SilentTarget.heights(target.told)).containsExactly(301L, 301L, 302L);
  }

  @Test
  void givenAVeryLongHistory_whenPushed_thenThePeerMayTakeAsLongAsItNeeds() {
    var parcel = new Parcel("one", List.of(), Duration.ZERO, List.of(), 5_000);
    assertThat(parcel.patience()).isGreaterThan(Duration.ofMinutes(30));
  }
}
