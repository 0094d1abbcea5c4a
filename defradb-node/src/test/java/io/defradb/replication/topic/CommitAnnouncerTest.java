package io.defradb.replication.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.acp.Asker;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.DocumentWriter.EncryptionChoice;
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
import io.defradb.storage.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitAnnouncerTest {
  private static final int DAG_CBOR = 0x71;
  private static final Asker OWNER =
      new Asker("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  private static final String POLICY =
      """
      {"name": "p", "resources": {"note": {
        "permissions": {"read": {"expr": "owner"}, "update": {"expr": "owner"},
                        "delete": {"expr": "owner"}},
        "relations": {"owner": {"types": ["actor"]}}}}}
      """;

  private final MemoryHosts hosts = new MemoryHosts(1);
  private final Replica replica =
      new Replica(
          new MemoryStore(),
          "type User { name: String age: Int }"
              + " type Note @policy(id: \"POLICY\", resource: \"note\") { text: String }",
          WriteRandom.of(new Random(1)),
          null,
          InstantSource.system(),
          new Replica.Protection(OWNER, POLICY));
  private final Connected audience = new Connected();
  private final List<PushLog> heard = new ArrayList<>();

  /** One who is there, and follows everything. */
  private static final class Connected implements Audience {
    private final List<PushLog> called = new ArrayList<>();
    private boolean isSlow;

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public boolean hasSlowPeers() {
      return isSlow;
    }

    @Override
    public boolean isSwift(PeerId peer) {
      return !isSlow;
    }

    @Override
    public boolean mayMiss(PeerId peer) {
      return isSlow;
    }

    @Override
    public CompletableFuture<Void> asked(PeerId peer, Cid cid) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> call(PeerId peer, PushLog log) {
      called.add(log);
      return CompletableFuture.completedFuture(null);
    }
  }

  private record Node(NetworkHost host, AnsweredTopics topics) {}

  private Node node(String name) {
    NetworkHost host = hosts.host(name);
    Identify.serve(host, MemoryHosts.key(name), "test", () -> Instant.EPOCH);
    var pubSub =
        new GossipSub(host, MemoryHosts.key(name), 1, new Random(1), GossipSettings.DEFAULT);
    return new Node(host, new AnsweredTopics(pubSub, host.id(), Runnable::run));
  }

  @BeforeEach
  void meet() {
    Node teller = node("a");
    Node reader = node("b");
    for (String collection : List.of("User", "Note")) {
      reader.topics.join(
          replica.collectionId(collection),
          message -> {
            heard.add(PushLog.decode(message.data()));
            return CompletableFuture.completedFuture(Bytes.EMPTY);
          });
    }
    hosts.await(teller.host.connect(MemoryHosts.addresses(reader.host)));
    settle();
    new CommitAnnouncer(
        replica.database(),
        teller.topics,
        teller.host.id(),
        replica.events(),
        teller.host.loop(),
        teller.host.loop(),
        audience);
  }

  private void settle() {
    hosts.network().schedule().runFor(Duration.ofSeconds(3));
  }

  private static List<Cid> parts(PushLog log) {
    Block commit = BlockCodec.decode(log.block().unsafeArray());
    return commit.links().stream().map(DagLink::cid).toList();
  }

  private static List<Cid> brought(PushLog log) {
    return log.below().stream().map(block -> Cid.of(DAG_CBOR, block.unsafeArray())).toList();
  }

  @Test
  void givenReadersOfOurKind_whenCommitted_thenItsFieldsComeWithIt() {
    DocId user = replica.create("User", "{\"name\":\"Bob\",\"age\":1}", EncryptionChoice.NONE);
    replica.update("User", user, "{\"age\":2}");
    settle();

    assertThat(heard).hasSize(2);
    assertThat(heard)
        .allSatisfy(
            log -> {
              assertThat(brought(log)).isNotEmpty();
              assertThat(brought(log)).containsExactlyInAnyOrderElementsOf(parts(log));
            });
  }

  @Test
  void givenGreatFields_whenCommitted_thenTheyAreLeftToBeAskedFor() {
    String great = "x".repeat(9_000);
    replica.create("User", "{\"name\":\"" + great + "\",\"age\":1}", EncryptionChoice.NONE);
    settle();

    assertThat(heard).hasSize(1);
    assertThat(parts(heard.get(0))).hasSize(2);
    assertThat(brought(heard.get(0))).hasSize(1);
  }

  @Test
  void givenAReaderOfAnotherKind_whenCommitted_thenTheCommitComesAlone() {
    audience.isSlow = true;
    replica.create("User", "{\"name\":\"Bob\",\"age\":1}", EncryptionChoice.NONE);
    settle();

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).below()).isEmpty();
  }

  @Test
  void givenAPolicy_whenCommitted_thenNoValueIsTold() {
    replica.create(OWNER, "Note", "{\"text\":\"secret\"}", EncryptionChoice.NONE);
    settle();

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).below()).isEmpty();
  }

  @Test
  void givenAReaderThatMissesWhatItIsTold_whenCommitted_thenOnlyWhatAllMayReadIsToldAgain() {
    audience.isSlow = true;
    replica.create(OWNER, "Note", "{\"text\":\"secret\"}", EncryptionChoice.NONE);
    replica.create("User", "{\"name\":\"Bob\"}", EncryptionChoice.NONE);
    settle();

    assertThat(heard).hasSize(2);
    assertThat(audience.called)
        .extracting(PushLog::collectionId)
        .containsExactly(replica.collectionId("User"));
  }
}
