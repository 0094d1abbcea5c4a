package io.defradb.replication.pushlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.merge.MergeQueue;
import io.defradb.db.merge.Replica;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.protocol.bitswap.Bitswap;
import io.defradb.libp2p.protocol.bitswap.BitswapSettings;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Cid;
import io.defradb.replication.rpc.RpcClient;
import io.defradb.replication.rpc.RpcServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LogReceiverTest {
  private static final String SDL = "type User { name: String n: Int @crdt(type: pncounter) }";
  private static final String BRANCHABLE = "type User @branchable { name: String }";

  private final MemoryHosts hosts = new MemoryHosts(1);

  /** A database among peers. */
  private final class Node {
    private final NetworkHost host;
    private final Replica replica;
    private final LogReceiver receiver;
    private final LogSender sender;

    Node(String name, String sdl) {
      host = hosts.host(name);
      replica = new Replica(sdl, WriteRandom.of(new Random(name.hashCode())), null);
      var workers = host.loop();
      var merges = new MergeQueue(replica.database(), workers, InstantSource.system(), 1000);
      var exchange =
          new Bitswap(
              host, new StoredBlocks(replica.database(), workers), BitswapSettings.DEFAULT);
      receiver = new LogReceiver(replica.database(), merges, exchange, workers);
      RpcServer.register(host, LogSender.handlers(receiver));
      sender = new LogSender(new RpcClient(host));
    }

    CompletionStage<Void> push(Cid tip, Node to, String collectionId) {
      var delta = io.defradb.dag.BlockCodec.decode(replica.raw(tip).toArray()).delta();
      DocId docId =
          delta instanceof io.defradb.crdt.Delta.Composite composite ? composite.docId() : null;
      return sender.send(
          to.host.id(), new PushLog(docId, tip, collectionId, host.id(), replica.raw(tip)));
    }

    void pushAll(Node to) {
      replica
          .tips()
          .keySet()
          .forEach(tip -> hosts.await(push(tip, to, to.replica.collectionId("User"))));
    }
  }

  private void connect(Node a, Node b) {
    hosts.await(a.host.connect(MemoryHosts.addresses(b.host)));
  }

  @Test
  void givenALongHistory_whenItsHeadIsPushed_thenTheAnswerMeansThatAllOfItIsApplied() {
    var a = new Node("a", SDL);
    var b = new Node("b", SDL);
    connect(a, b);
    DocId docId = a.replica.create("User", "{\"name\":\"x\",\"n\":1}", EncryptionChoice.NONE);
    for (int i = 0; i < 300; i++) {
      a.replica.update("User", docId, "{\"name\":\"x" + i + "\",\"n\":1}");
    }
    a.pushAll(b);
    assertThat(b.replica.state()).isEqualTo(a.replica.state());
    assertThat(b.replica.heads()).isEqualTo(a.replica.heads());
    assertThat(b.receiver.wants()).isEmpty();
    StoreAudit.run(b.replica.store(), b.replica.database());
  }

  @Test
  void givenConcurrentEdits_whenPushedBothWays_thenBothAreEqual() {
    var a = new Node("a", BRANCHABLE);
    var b = new Node("b", BRANCHABLE);
    connect(a, b);
    DocId docId = a.replica.create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    a.pushAll(b);
    a.replica.update("User", docId, "{\"name\":\"from a\"}");
    b.replica.update("User", docId, "{\"name\":\"from b\"}");
    a.pushAll(b);
    b.pushAll(a);
    assertThat(b.replica.state()).isEqualTo(a.replica.state());
    assertThat(b.replica.heads()).isEqualTo(a.replica.heads());
  }

  @Test
  void givenAnUnknownCollection_whenPushed_thenItIsRefusedWithItsText() {
    var a = new Node("a", SDL);
    var b = new Node("b", "type Other { x: Int }");
    connect(a, b);
    a.replica.create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    Cid tip = a.replica.tips().keySet().iterator().next();
    Throwable failure = failure(a.push(tip, b, a.replica.collectionId("User")));
    assertThat(failure).hasMessageContaining("collection not found");
  }

  /** The sender is gone before its blocks were fetched: the want stays until they can be had. */
  @Test
  void givenBlocksThatCannotBeHad_whenTheSenderComesBack_thenTheStoredWantIsMet() {
    var a = new Node("a", SDL);
    var b = new Node("b", SDL);
    connect(a, b);
    a.replica.create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    Cid tip = a.replica.tips().keySet().iterator().next();
    var log =
        new PushLog(
            null, tip, b.replica.collectionId("User"), a.host.id(), a.replica.raw(tip));
    b.host.disconnect(a.host.id());
    a.host.close();
    Throwable failure = failure(b.receiver.receive(log, a.host.id()));
    assertThat(((DefraException) failure).code()).isEqualTo(ErrorCode.BLOCK_NOT_FOUND);
    assertThat(b.receiver.wants()).hasSize(1);

    var other = new Node("other", SDL);
    other.replica.create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    connect(b, other);
    b.receiver.retryWants();
    boolean isMet =
        hosts
            .network()
            .schedule()
            .runUntil(() -> b.receiver.wants().isEmpty(), Duration.ofMinutes(1));
    assertThat(isMet).isTrue();
    assertThat(b.replica.state()).isEqualTo(a.replica.state());
  }

  private Throwable failure(CompletionStage<Void> stage) {
    try {
      hosts.await(stage);
    } catch (CompletionException e) {
      return e.getCause();
    }
    throw new AssertionError("it did not fail");
  }
}
