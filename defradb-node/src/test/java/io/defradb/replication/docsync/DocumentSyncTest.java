package io.defradb.replication.docsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.merge.Replica;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.replication.topic.AnsweredTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DocumentSyncTest {
  private final MemoryHosts hosts = new MemoryHosts(1);

  private final class Node {
    final NetworkHost host;
    final Replica replica =
        new Replica("type User { name: String }", WriteRandom.of(new Random(5)), null);
    final DocumentSync sync;

    Node(String name) {
      host = hosts.host(name);
      Identify.serve(host, MemoryHosts.key(name), "test", () -> Instant.EPOCH);
      var pubSub =
          new GossipSub(host, MemoryHosts.key(name), 1, new Random(1), GossipSettings.DEFAULT);
      sync =
          new DocumentSync(
              replica.database(),
              new AnsweredTopics(pubSub, host.id(), Runnable::run),
              host.id(),
              host.loop(),
              (collectionId, docId, head, from) -> CompletableFuture.completedFuture(null),
              Runnable::run);
      sync.join();
    }
  }

  private final Node asker = new Node("asker");
  private final Node holder = new Node("holder");
  private final DocId docId =
      holder.replica.create("User", "{\"name\":\"u\"}", EncryptionChoice.NONE);

  private void run(Duration time) {
    hosts.network().schedule().runUntil(() -> false, time);
  }

  private CompletionStage<Void> ask() {
    return asker.sync.sync("users", List.of(docId), Duration.ofSeconds(20));
  }

  @Test
  void givenAPeerThatComesWhileDocumentsAreAskedFor_whenItHasThem_thenTheyAreHad() {
    CompletionStage<Void> synced = ask();
    run(Duration.ofSeconds(2));
    assertThat(synced.toCompletableFuture()).isNotDone();
    hosts.await(asker.host.connect(MemoryHosts.addresses(holder.host)));
    run(Duration.ofSeconds(6));
    assertThat(synced.toCompletableFuture()).isCompleted();
  }

  @Test
  void givenNobody_whenAsked_thenItEndsAtTheTimeOut() {
    CompletionStage<Void> synced = ask();
    run(Duration.ofSeconds(21));
    assertThatThrownBy(() -> synced.toCompletableFuture().join())
        .hasMessageContaining("timeout while syncing doc");
  }
}
