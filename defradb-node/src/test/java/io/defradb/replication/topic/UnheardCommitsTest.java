package io.defradb.replication.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.Transaction;
import io.defradb.db.merge.Replica;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnheardCommitsTest {
  private final MemoryHosts hosts = new MemoryHosts(1);
  private final NetworkHost follower = hosts.host("b");
  private final AnsweredTopics followed = topics(follower, "b");
  private final NetworkHost teller = hosts.host("a");
  private final Replica replica =
      new Replica("type User { name: String }", WriteRandom.of(new Random(5)), null);
  private final Map<Cid, CompletableFuture<Void>> watched = new HashMap<>();
  private final List<PushLog> called = new ArrayList<>();
  private CompletionStage<Void> answer = CompletableFuture.completedFuture(null);
  private final UnheardCommits commits =
      new UnheardCommits(topics(teller, "a"), new Forgetful(), teller.loop());

  private static AnsweredTopics topics(NetworkHost host, String name) {
    Identify.serve(host, MemoryHosts.key(name), "test", () -> Instant.EPOCH);
    var pubSub =
        new GossipSub(host, MemoryHosts.key(name), 1, new Random(1), GossipSettings.DEFAULT);
    return new AnsweredTopics(pubSub, host.id(), Runnable::run);
  }

  private final class Forgetful implements Audience {
    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public boolean hasSlowPeers() {
      return true;
    }

    @Override
    public boolean isSwift(PeerId peer) {
      return false;
    }

    @Override
    public boolean mayMiss(PeerId peer) {
      return true;
    }

    @Override
    public CompletableFuture<Void> asked(PeerId peer, Cid cid) {
      return watched.computeIfAbsent(cid, any -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<Void> call(PeerId peer, PushLog log) {
      assertThat(peer).isEqualTo(follower.id());
      called.add(log);
      return answer;
    }
  }

  @BeforeEach
  void meet() {
    followed.join("users", message -> CompletableFuture.completedFuture(Bytes.EMPTY));
    hosts.await(teller.connect(MemoryHosts.addresses(follower)));
    run(3);
  }

  private void run(int seconds) {
    hosts.network().schedule().runFor(Duration.ofSeconds(seconds));
  }

  private DocId create(String name) {
    return replica.create("User", "{\"name\":\"" + name + "\"}", EncryptionChoice.NONE);
  }

  private PushLog tell(DocId docId) {
    try (Transaction transaction = replica.database().begin(true)) {
      Cid head = transaction.commits().heads(docId).orElseThrow().composite().get(0);
      Bytes block = transaction.commits().raw(head);
      var log = new PushLog(docId, head, "users", teller.id(), block);
      commits.tell(log);
      hosts.network().schedule().runFor(Duration.ofMillis(10));
      return log;
    }
  }

  private void ask(PushLog log) {
    Cid field = BlockCodec.decode(log.block().unsafeArray()).links().get(0).cid();
    watched.get(field).complete(null);
  }

  @Test
  void givenACommitThatWasAskedFor_whenTimePasses_thenItIsNotToldAgain() {
    ask(tell(create("x")));
    run(60);
    assertThat(called).isEmpty();
  }

  @Test
  void givenACommitThatNobodyAskedFor_whenAllIsQuiet_thenItIsToldOnceMore() {
    PushLog heard = tell(create("x"));
    PushLog unheard = tell(create("y"));
    ask(heard);
    run(1);
    assertThat(called).isEmpty();
    run(60);
    assertThat(called).containsExactly(unheard);
  }

  @Test
  void givenAPeerThatGoesOnAsking_whenOneIsNotAskedFor_thenThatWaitsAndIsToldInTheEnd() {
    PushLog unheard = tell(create("first"));
    for (int i = 0; i < 12; i++) {
      assertThat(called).hasSize(i < 8 ? 0 : 1);
      ask(tell(create("other" + i)));
      run(1);
    }
    assertThat(called).containsExactly(unheard);
  }

  @Test
  void givenADocumentThatWasUpdatedSince_whenNothingWasAskedFor_thenItsNewestIsTold() {
    DocId docId = create("x");
    tell(docId);
    replica.update("User", docId, "{\"name\":\"y\"}");
    PushLog newest = tell(docId);
    run(60);
    assertThat(called).containsExactly(newest);
  }

  @Test
  void givenAPeerThatFollowsNoMore_whenNothingWasAskedFor_thenItIsNotTold() {
    tell(create("x"));
    followed.leave("users");
    run(60);
    assertThat(called).isEmpty();
  }

  @Test
  void givenAPeerThatDoesNotAnswer_whenCalled_thenItIsTriedThrice() {
    answer = CompletableFuture.failedFuture(new IllegalStateException("gone"));
    tell(create("x"));
    run(60);
    assertThat(called).hasSize(3);
  }

  @Test
  void givenManyUnheard_whenCalled_thenFourAtATime() {
    var answers = new CompletableFuture<Void>();
    answer = answers;
    for (int i = 0; i < 10; i++) {
      tell(create("x" + i));
    }
    run(5);
    assertThat(called).hasSize(4);
    answer = CompletableFuture.completedFuture(null);
    answers.complete(null);
    run(5);
    assertThat(called).hasSize(10).doesNotHaveDuplicates();
  }
}
