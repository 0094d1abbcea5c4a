package io.defradb.replication.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.replication.PeerStatus;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.replication.testing.MemoryNode;
import java.time.Duration;
import java.util.ArrayList;
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

    @Override
    public CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit) {
      var push = new Push(log, limit, new CompletableFuture<>());
      told.add(push);
      return push.answer();
    }

    @Override
    public boolean takesBlocks(PeerId peer) {
      return false;
    }

    List<Long> heights() {
      return told.stream().map(Push::height).toList();
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
  void givenALongHistory_whenPushed_thenStagesOfItAreToldAtOnceAndThenTheHead() {
    user(120);
    replicate();
    assertThat(target.heights()).containsExactly(1L, 31L, 61L, 91L, 121L);
    assertThat(target.told).allMatch(push -> push.limit().compareTo(Duration.ofSeconds(30)) >= 0);
  }

  @Test
  void givenAShortHistory_whenPushed_thenItsHeadAloneIsTold() {
    user(15);
    replicate();
    assertThat(target.heights()).containsExactly(16L);
  }

  @Test
  void givenManyUpdatesAtOnce_whenPushed_thenStagesAreOfThemOnly() {
    DocId docId = user(0);
    replicate();
    update(docId, 70);
    target.told.remove(0).answer().complete(null);
    run();
    assertThat(target.heights()).containsExactly(3L, 20L, 37L, 54L, 71L);
  }

  @Test
  void givenStagesThatFail_whenTheHeadIsAcknowledged_thenNothingIsOwed() {
    user(60);
    replicate();
    List<Push> stages = new ArrayList<>(target.told);
    Push head = stages.remove(stages.size() - 1);
    stages.forEach(
        stage ->
            stage
                .answer()
                .completeExceptionally(
                    new DefraException(ErrorCode.PEER_TIMEOUT, "context deadline exceeded")));
    run();
    assertThat(status().lastSuccess()).isNull();
    head.answer().complete(null);
    run();
    assertThat(status().owedDocuments()).isZero();
    assertThat(status().lastFailure()).isNull();
    assertThat(status().lastSuccess()).isNotNull();
  }
}
