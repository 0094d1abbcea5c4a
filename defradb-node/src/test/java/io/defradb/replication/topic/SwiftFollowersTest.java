package io.defradb.replication.topic;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwiftFollowersTest {
  private static final int DAG_CBOR = 0x71;

  private final MemoryHosts hosts = new MemoryHosts(1);
  private final Node teller = new Node("a");
  private final Node swift = new Node("b");
  private final Node slow = new Node("c");
  private final Node indifferent = new Node("d");
  private final List<Call> calls = new ArrayList<>();
  private final SwiftFollowers followers = new SwiftFollowers(teller.topics, new Recorded());

  private record Call(PeerId peer, PushLog log, CompletableFuture<Void> answer) {}

  private final class Node {
    final NetworkHost host;
    final AnsweredTopics topics;

    Node(String name) {
      host = hosts.host(name);
      Identify.serve(host, MemoryHosts.key(name), "test", () -> Instant.EPOCH);
      var pubSub =
          new GossipSub(host, MemoryHosts.key(name), 1, new Random(1), GossipSettings.DEFAULT);
      topics = new AnsweredTopics(pubSub, host.id(), Runnable::run);
    }

    void follow() {
      topics.join("users", message -> CompletableFuture.completedFuture(Bytes.EMPTY));
    }
  }

  private final class Recorded implements Audience {
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
      return !peer.equals(slow.host.id());
    }

    @Override
    public boolean mayMiss(PeerId peer) {
      return false;
    }

    @Override
    public CompletableFuture<Void> asked(PeerId peer, Cid cid) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> call(PeerId peer, PushLog log) {
      var call = new Call(peer, log, new CompletableFuture<>());
      calls.add(call);
      return call.answer;
    }
  }

  @BeforeEach
  void meet() {
    swift.follow();
    slow.follow();
    for (Node node : List.of(swift, slow, indifferent)) {
      hosts.await(teller.host.connect(MemoryHosts.addresses(node.host)));
    }
    hosts.network().schedule().runFor(Duration.ofSeconds(3));
  }

  private PushLog tell(int number) {
    Bytes block = Bytes.utf8("commit " + number);
    Cid cid = Cid.of(DAG_CBOR, block.unsafeArray());
    var log = new PushLog(null, cid, "users", teller.host.id(), block);
    followers.tell(log);
    hosts.network().schedule().runFor(Duration.ofSeconds(1));
    return log;
  }

  @Test
  void givenPeersOfAllKinds_whenTold_thenSwiftFollowersAreCalled() {
    PushLog log = tell(1);
    assertThat(calls).extracting(Call::peer).containsExactly(swift.host.id());
    assertThat(calls).extracting(Call::log).containsExactly(log);
  }

  @Test
  void givenACallUnderWay_whenMoreIsTold_thenTheNewestFollowsIt() {
    tell(1);
    tell(2);
    PushLog newest = tell(3);
    assertThat(calls).hasSize(1);

    calls.get(0).answer.complete(null);
    assertThat(calls).extracting(Call::log).hasSize(2).last().isEqualTo(newest);

    calls.get(1).answer.complete(null);
    assertThat(calls).hasSize(2);
  }

  @Test
  void givenACallThatFailed_whenMoreIsTold_thenItIsCalledAgain() {
    tell(1);
    calls.get(0).answer.completeExceptionally(new IllegalStateException("gone"));
    PushLog next = tell(2);
    assertThat(calls).extracting(Call::log).last().isEqualTo(next);
  }
}
