package io.defradb.replication.replicator;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A peer that needs long for one document, as the reference does for a long history. */
class SlowPeerTest {
  private static final Duration NEEDED = Duration.ofSeconds(200);

  private final MemoryHosts hosts = new MemoryHosts(5);
  private final MemoryNode a = new MemoryNode(hosts, "a", "type User { name: String }");
  private final MemoryNode b = new MemoryNode(hosts, "b", "type User { name: String }");
  private final SlowTarget target = new SlowTarget();
  private final Replicators replicators = a.replicators(target);

  /** Acknowledges everything at once, but the slow document after a while only. */
  private final class SlowTarget implements PushTarget {
    private final List<PushLog> acknowledged = new ArrayList<>();
    private String slow = "";

    @Override
    public CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit) {
      DocId docId = log.docId();
      boolean isSlow = docId != null && docId.text().equals(slow);
      var answer = new CompletableFuture<Void>();
      if (isSlow && limit.compareTo(NEEDED) < 0) {
        hosts
            .network()
            .schedule()
            .schedule(
                limit,
                () ->
                    answer.completeExceptionally(
                        new DefraException(ErrorCode.PEER_TIMEOUT, "context deadline exceeded")));
      } else {
        hosts
            .network()
            .schedule()
            .schedule(
                isSlow ? NEEDED : Duration.ofMillis(1),
                () -> {
                  acknowledged.add(log);
                  answer.complete(null);
                });
      }
      return answer;
    }

    @Override
    public CompletionStage<Void> stage(
        PeerId peer, PushLog log, Collection<Cid> last, Duration limit) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> meet(PeerId peer) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean takesBlocks(PeerId peer) {
      return false;
    }
  }

  @AfterEach
  void close() {
    replicators.close();
  }

  private DocId user(String name) {
    return a.replica().create("User", "{\"name\":\"" + name + "\"}", EncryptionChoice.NONE);
  }

  private PeerStatus status() {
    return replicators.status().get(0);
  }

  private void run(Duration time) {
    hosts.network().schedule().runUntil(() -> false, time);
  }

  @Test
  void givenADocumentThatTakesMinutes_whenOthersAreWritten_thenTheyDoNotWaitAndItArrives() {
    target.slow = user("slow").text();
    replicators.set(MemoryHosts.addresses(b.host()), List.of("User"), List.of());
    run(Duration.ofSeconds(15));
    assertThat(status().owedDocuments()).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      user("quick" + i);
      run(Duration.ofSeconds(1));
      assertThat(target.acknowledged).hasSize(i + 1);
      assertThat(status().lag()).isZero();
    }
    run(NEEDED);
    assertThat(target.acknowledged).hasSize(6);
    assertThat(status().owedDocuments()).isZero();
    assertThat(replicators.list().get(0).isActive()).isTrue();
  }

  /** What is told of a document while its older state is on the way is not forgotten. */
  @Test
  void givenASlowDocument_whenItIsUpdatedMeanwhile_thenItsNewestCommitArrivesToo() {
    DocId slow = user("slow");
    target.slow = slow.text();
    replicators.set(MemoryHosts.addresses(b.host()), List.of("User"), List.of());
    run(Duration.ofSeconds(60));
    a.replica().update("User", slow, "{\"name\":\"newest\"}");
    run(Duration.ofMinutes(15));
    var newest = a.replica().tips().keySet().iterator().next();
    assertThat(target.acknowledged.get(target.acknowledged.size() - 1).cid()).isEqualTo(newest);
    assertThat(status().owedDocuments()).isZero();
  }
}
