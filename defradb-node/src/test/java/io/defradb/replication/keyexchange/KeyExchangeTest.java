package io.defradb.replication.keyexchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.dag.BlockCodec;
import io.defradb.dag.EncryptionBlock;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.Transaction;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.merge.Replica;
import io.defradb.db.merge.Want;
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
import io.defradb.replication.pushlog.KeySource;
import io.defradb.replication.testing.MemoryNode;
import io.defradb.replication.topic.AnsweredTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class KeyExchangeTest {
  private static final String SDL = "type User { name: String n: Int @crdt(type: pncounter) }";
  private static final EncryptionChoice ENCRYPTED = new EncryptionChoice(true, Set.of("n"));
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final MemoryHosts hosts = new MemoryHosts(1);

  /** A node that exchanges keys from {@link #join} on. */
  private final class Node {
    final Replica replica;
    final MemoryNode node;
    private KeyExchange keys;
    private AnsweredTopics topics;

    Node(String name, KeyAccess access) {
      replica = new Replica(SDL, WriteRandom.of(new Random(name.hashCode())), null);
      node = new MemoryNode(hosts, name, replica, host -> exchange(host, name, access));
    }

    private KeySource exchange(NetworkHost host, String name, KeyAccess access) {
      topics = topics(host, name);
      keys =
          new KeyExchange(
              replica.database(),
              author -> CompletableFuture.completedFuture(access),
              topics,
              host.id(),
              "did:key:" + name,
              host.loop(),
              host.loop(),
              new Random(name.hashCode()));
      return keys;
    }

    Node join() {
      keys.join();
      return this;
    }

    List<Want> wants() {
      return node.receiver().wants();
    }

    boolean has(Cid key) {
      try (Transaction transaction = replica.database().begin(true)) {
        return transaction.merger().key(key) != null;
      }
    }
  }

  private static AnsweredTopics topics(NetworkHost host, String name) {
    var pubSub =
        new GossipSub(host, MemoryHosts.key(name), 1, new Random(1), GossipSettings.DEFAULT);
    return new AnsweredTopics(pubSub, host.id(), host.loop());
  }

  private boolean eventually(BooleanSupplier condition) {
    return hosts.network().schedule().runUntil(condition, PATIENCE);
  }

  private void settle() {
    hosts.network().schedule().runFor(Duration.ofSeconds(3));
  }

  @Test
  void givenAnEncryptedDocument_whenPushed_thenItsKeysAreFetchedAndItIsRead() {
    Node a = new Node("a", KeyAccess.READERS).join();
    Node b = new Node("b", KeyAccess.READERS).join();
    a.node.connect(b.node);
    settle();
    DocId docId = a.replica.create("User", "{\"name\":\"x\",\"n\":1}", ENCRYPTED);
    a.replica.update("User", docId, "{\"n\":5}");

    a.node.pushAll(b.node, "User");

    assertThat(eventually(() -> b.node.isEqualTo(a.node))).isTrue();
    assertThat(b.wants()).isEmpty();
    b.replica.update("User", docId, "{\"name\":\"from b\"}");
    b.node.pushAll(a.node, "User");
    assertThat(eventually(() -> a.node.isEqualTo(b.node))).isTrue();
    StoreAudit.run(b.replica.store(), b.replica.database());
  }

  @Test
  void givenManyEncryptedDocuments_whenPushedAtOnce_thenAllAreRead() {
    Node a = new Node("a", KeyAccess.READERS).join();
    Node b = new Node("b", KeyAccess.READERS).join();
    a.node.connect(b.node);
    settle();
    for (int i = 0; i < 90; i++) {
      a.replica.create("User", "{\"name\":\"x" + i + "\",\"n\":1}", ENCRYPTED);
    }
    String collectionId = b.replica.collectionId("User");
    List<CompletionStage<Void>> pushes = new ArrayList<>();
    a.replica.tips().keySet().forEach(tip -> pushes.add(a.node.push(tip, b.node, collectionId)));
    pushes.forEach(hosts::await);

    assertThat(eventually(() -> b.wants().isEmpty())).isTrue();
    assertThat(b.node.isEqualTo(a.node)).isTrue();
  }

  @Test
  void givenNobodyWithTheKey_whenItsHolderComesBeforeTheLimit_thenTheDocumentIsRead() {
    Node a = new Node("a", KeyAccess.READERS);
    Node b = new Node("b", KeyAccess.READERS).join();
    a.node.connect(b.node);
    a.replica.create("User", "{\"name\":\"x\"}", ENCRYPTED);
    a.node.pushAll(b.node, "User");
    settle();
    assertThat(b.wants()).singleElement().extracting(Want::reason).isEqualTo(Want.Reason.KEYS);

    a.join();

    assertThat(eventually(() -> b.node.isEqualTo(a.node))).isTrue();
  }

  @Test
  void givenAHolderThatMayNotTell_whenAsked_thenTheDocumentWaitsAndAskingEnds() {
    Node a = new Node("a", (transaction, did, docId) -> !did.equals("did:key:b")).join();
    Node b = new Node("b", KeyAccess.READERS).join();
    Node c = new Node("c", KeyAccess.READERS).join();
    a.node.connect(b.node);
    a.node.connect(c.node);
    settle();
    a.replica.create("User", "{\"name\":\"x\"}", ENCRYPTED);

    a.node.pushAll(b.node, "User");
    Set<Cid> keys = b.wants().get(0).missing();
    CompletableFuture<Boolean> end = b.keys.fetch(keys).toCompletableFuture();

    assertThat(hosts.await(end)).isFalse();
    assertThat(b.wants()).hasSize(1);
    assertThat(keys).noneMatch(b::has);
    a.node.pushAll(c.node, "User");
    assertThat(eventually(() -> c.node.isEqualTo(a.node))).isTrue();
  }

  @Test
  void givenAPeerThatLies_whenAsked_thenNothingOfItIsKeptAndTheTrueKeyIs() {
    Node a = new Node("a", KeyAccess.READERS);
    Node b = new Node("b", KeyAccess.READERS).join();
    NetworkHost liar = hosts.host("liar");
    Identify.serve(liar, MemoryHosts.key("liar"), "test", () -> Instant.EPOCH);
    var foreign = new EncryptionBlock(new DocId("bae-x"), null, Bytes.wrap(new byte[32]));
    Bytes lie = Bytes.wrap(foreign.encode());
    int[] asked = {0};
    topics(liar, "liar")
        .join(
            KeyExchange.TOPIC,
            message -> {
              Bytes answer =
                  switch (asked[0]++) {
                    case 0 -> Bytes.hex("ff");
                    case 1 -> sealed(liar.id(), liar.id(), message.data(), List.of(lie, lie, lie));
                    case 2 -> sealed(b.node.host().id(), liar.id(), message.data(), List.of(lie));
                    default -> sealed(liar.id(), liar.id(), message.data(), List.of(lie));
                  };
              return CompletableFuture.completedFuture(answer);
            });
    hosts.await(b.node.host().connect(MemoryHosts.addresses(liar)));
    a.node.connect(b.node);
    settle();
    a.replica.create("User", "{\"name\":\"x\"}", new EncryptionChoice(true, Set.of()));
    a.node.pushAll(b.node, "User");
    assertThat(eventually(() -> asked[0] > 4)).isTrue();
    assertThat(b.has(BlockCodec.cid(lie.toArray()))).isFalse();
    assertThat(b.wants()).hasSize(1);

    a.join();

    assertThat(eventually(() -> b.node.isEqualTo(a.node))).isTrue();
    assertThat(b.has(BlockCodec.cid(lie.toArray()))).isFalse();
  }

  private static Bytes sealed(PeerId as, PeerId self, Bytes message, List<Bytes> blocks) {
    KeyRequest request = KeyRequest.decode(message);
    byte[] privateKey = new byte[32];
    new Random(self.hashCode()).nextBytes(privateKey);
    KeySeal seal = KeySeal.ofAnswerer(privateKey, request.publicKey(), as);
    List<Bytes> sealed = blocks.stream().map(block -> seal.seal(new byte[12], block)).toList();
    Bytes publicKey = Bytes.wrap(io.defradb.crypto.X25519.publicKey(privateKey));
    return new KeyReply(sealed, sealed, publicKey).encode();
  }

  @Test
  void givenAKeyThatIsNotThere_whenAskedFor_thenTheAskerHearsWhy() {
    Node a = new Node("a", KeyAccess.READERS).join();
    Node b = new Node("b", KeyAccess.READERS).join();
    a.node.connect(b.node);
    settle();
    List<String> heard = new ArrayList<>();
    Cid unknown = Cid.of(Cid.DAG_CBOR, new byte[] {1});
    Bytes request = new KeyRun("", Set.of(unknown), new Random(1)).request();

    b.topics.ask(
        KeyExchange.TOPIC,
        request,
        new AnsweredTopics.Listener() {
          @Override
          public void answered(PeerId peer, Bytes data) {
            heard.add("answered");
          }

          @Override
          public void failed(PeerId peer, String error) {
            heard.add(error);
          }
        });

    assertThat(eventually(() -> !heard.isEmpty())).isTrue();
    assertThat(heard).containsExactly("failed attempt to get encryption key");
  }
}
