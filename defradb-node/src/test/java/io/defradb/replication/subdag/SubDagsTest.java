package io.defradb.replication.subdag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.merge.Replica;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.access.GuardedBlocks;
import io.defradb.replication.access.PeerIdentities;
import io.defradb.replication.rpc.RpcClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SubDagsTest {
  private static final String SDL = "type User { name: String n: Int @crdt(type: pncounter) }";
  private static final int UPDATES = 200;
  private static final int PLACES = 32;

  private final MemoryHosts hosts = new MemoryHosts(1);
  private final Replica replica = new Replica(SDL, WriteRandom.of(new Random(1)), null);
  private final NetworkHost server = hosts.host("server");
  private final NetworkHost asker = hosts.host("asker");
  private final List<Bytes> came = new ArrayList<>();
  private DocId document = new DocId("");

  /** What the asker has on its side; the server gives what the replica has. */
  private SubDags connect() {
    var identities =
        new PeerIdentities(new RpcClient(server), server.id(), null, InstantSource.system());
    var unused =
        new SubDags(server, new GuardedBlocks(replica.database(), identities, server.loop()));
    var subDags =
        new SubDags(asker, (peer, cids, max) -> CompletableFuture.completedFuture(List.of()));
    connectHosts();
    assertThat(subDags.isSpokenBy(server.id())).isTrue();
    return subDags;
  }

  private void connectHosts() {
    Identify.serve(server, MemoryHosts.key("server"), "test", InstantSource.system());
    Identify.serve(asker, MemoryHosts.key("asker"), "test", InstantSource.system());
    hosts.await(asker.connect(MemoryHosts.addresses(server)));
    hosts.network().schedule().runUntil(() -> false, Duration.ofSeconds(1));
  }

  private Cid history(int updates) {
    document = replica.create("User", "{\"name\":\"x\",\"n\":1}", EncryptionChoice.NONE);
    for (int i = 0; i < updates; i++) {
      replica.update("User", document, "{\"name\":\"x" + i + "\",\"n\":1}");
    }
    return tip();
  }

  private Cid tip() {
    return replica.tips().keySet().iterator().next();
  }

  private CompletionStage<Void> take(List<Bytes> blocks) {
    came.addAll(blocks);
    return CompletableFuture.completedFuture(null);
  }

  private Set<Cid> cids() {
    Set<Cid> cids = new LinkedHashSet<>();
    came.forEach(block -> cids.add(BlockCodec.cid(block.unsafeArray())));
    return cids;
  }

  @Test
  void givenALongHistory_whenItsTipIsAskedFor_thenAllOfItComesOnceAndEachBlockAfterItsLink() {
    SubDags subDags = connect();
    Cid tip = history(UPDATES);
    hosts.await(subDags.fetch(server.id(), new SubDagRequest(List.of(tip), List.of()), this::take));
    Map<Cid, Bytes> all = replica.below(tip);
    assertThat(cids()).hasSameSizeAs(came).isEqualTo(new HashSet<>(all.keySet()));
    Set<Cid> linked = new HashSet<>(Set.of(tip));
    for (Bytes block : came) {
      assertThat(linked).contains(BlockCodec.cid(block.unsafeArray()));
      if (BlockCodec.isCommit(block.unsafeArray())) {
        var commit = BlockCodec.decode(block.unsafeArray());
        linked.addAll(commit.heads());
        commit.links().forEach(link -> linked.add(link.cid()));
      }
    }
  }

  @Test
  void givenAKnownCommit_whenAsked_thenOnlyWhatIsAboveItComes() {
    SubDags subDags = connect();
    Cid old = history(UPDATES);
    replica.update("User", document, "{\"name\":\"last\"}");
    Cid tip = tip();
    hosts.await(
        subDags.fetch(server.id(), new SubDagRequest(List.of(tip), List.of(old)), this::take));
    assertThat(came).hasSize(2); // the composite and its one field
    assertThat(cids()).contains(tip).doesNotContain(old);
  }

  @Test
  void givenABlockThatIsNotThere_whenAsked_thenTheAnswerIsEmpty() {
    SubDags subDags = connect();
    Cid unknown = Cid.of(Cid.DAG_CBOR, new byte[] {1});
    hosts.await(
        subDags.fetch(server.id(), new SubDagRequest(List.of(unknown), List.of()), this::take));
    assertThat(came).isEmpty();
  }

  @Test
  void givenAServerThatSaysNothing_whenAsked_thenItEndsByItself() {
    server.handle(List.of(SubDags.PROTOCOL), stream -> {});
    var subDags =
        new SubDags(asker, (peer, cids, max) -> CompletableFuture.completedFuture(List.of()));
    connectHosts();
    var request = new SubDagRequest(List.of(history(1)), List.of());
    assertThatThrownBy(() -> hosts.await(subDags.fetch(server.id(), request, this::take)))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("no blocks came for long");
  }

  @Test
  void givenAllPlacesTakenBySilentPeers_whenTheirTimeIsOver_thenAnotherIsAnswered() {
    SubDags subDags = connect();
    Cid tip = history(1);
    var request = new SubDagRequest(List.of(tip), List.of());
    List<StreamEnd> silent = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      var end = new StreamEnd();
      hosts.await(asker.open(server.id(), List.of(SubDags.PROTOCOL))).read(end);
      silent.add(end);
    }
    assertThatThrownBy(() -> hosts.await(subDags.fetch(server.id(), request, this::take)))
        .isInstanceOf(CompletionException.class);
    assertThat(came).isEmpty();
    hosts.network().schedule().runUntil(() -> false, Duration.ofSeconds(29));
    assertThat(silent).noneMatch(end -> end.failure != null);
    hosts.network().schedule().runUntil(() -> false, Duration.ofSeconds(2));
    assertThat(silent).allMatch(end -> end.failure != null);
    hosts.await(subDags.fetch(server.id(), request, this::take));
    assertThat(cids()).contains(tip);
  }

  /** Its window is full after a while, and never opens. */
  @Test
  void givenAnAskerThatDoesNotRead_whenItsTimeIsOver_thenItIsGivenUp() {
    connect();
    List<Cid> roots = new ArrayList<>();
    String text = "v".repeat(200_000);
    for (int i = 0; i < 20; i++) {
      replica.create("User", "{\"name\":\"" + i + text + "\"}", EncryptionChoice.NONE);
    }
    roots.addAll(replica.tips().keySet());
    Stream stream = hosts.await(asker.open(server.id(), List.of(SubDags.PROTOCOL)));
    var end = new StreamEnd();
    stream.read(end);
    stream.pause();
    stream.write(MessageReader.frame(new SubDagRequest(roots, List.of()).encode()));
    hosts.network().schedule().runUntil(() -> false, Duration.ofSeconds(25));
    assertThat(end.failure).isNull();
    boolean isReset =
        hosts.network().schedule().runUntil(() -> end.failure != null, Duration.ofSeconds(40));
    assertThat(isReset).isTrue();
  }

  @Test
  void givenAMalformedQuestion_whenItComes_thenTheStreamIsReset() {
    connect();
    Stream stream = hosts.await(asker.open(server.id(), List.of(SubDags.PROTOCOL)));
    var end = new StreamEnd();
    stream.read(end);
    stream.write(Bytes.hex("03ffffff"));
    boolean isReset =
        hosts.network().schedule().runUntil(() -> end.failure != null, Duration.ofSeconds(5));
    assertThat(isReset).isTrue();
  }
}
