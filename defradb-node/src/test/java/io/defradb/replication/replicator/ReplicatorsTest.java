package io.defradb.replication.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.audit.StoreAudit;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.replication.PeerStatus;
import io.defradb.replication.testing.MemoryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicatorsTest {
  private static final String SDL =
      "type User { name: String n: Int @crdt(type: pncounter) } type Event @branchable { t: String }";

  private final MemoryHosts hosts = new MemoryHosts(3);
  private final MemoryNode a = new MemoryNode(hosts, "a", SDL);
  private final MemoryNode b = new MemoryNode(hosts, "b", SDL);

  private void await(BooleanSupplier isSo) {
    assertThat(hosts.network().schedule().runUntil(isSo, Duration.ofMinutes(30))).isTrue();
  }

  private static DocId user(MemoryNode node, String name) {
    return node.replica()
        .create("User", "{\"name\":\"" + name + "\",\"n\":1}", EncryptionChoice.NONE);
  }

  private void setReplicator(String... collections) {
    a.replicators().set(MemoryHosts.addresses(b.host()), List.of(collections), List.of());
  }

  private PeerStatus status() {
    return a.replicators().status().get(0);
  }

  private boolean isCaughtUp() {
    return status().lag() == 0 && status().owedDocuments() == 0;
  }

  @Test
  void givenManyDocuments_whenSet_thenAllOfThemAndLaterChangesArrive() {
    List<DocId> users = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      users.add(user(a, "u" + i));
    }
    a.replica().delete("User", users.get(7));
    a.replica().create("Event", "{\"t\":\"x\"}", EncryptionChoice.NONE);
    setReplicator();
    await(this::isCaughtUp);
    assertThat(a.isEqualTo(b)).isTrue();
    assertThat(a.replicators().list().get(0).isActive()).isTrue();
    a.replica().update("User", users.get(3), "{\"name\":\"later\"}");
    user(a, "new");
    a.replica().create("Event", "{\"t\":\"y\"}", EncryptionChoice.NONE);
    await(this::isCaughtUp);
    assertThat(a.isEqualTo(b)).isTrue();
    StoreAudit.run(b.replica().store(), b.replica().database());
  }

  @Test
  void givenOneCollection_whenSet_thenTheOtherIsNotPushedUntilItIsAdded() {
    user(a, "u");
    a.replica().create("Event", "{\"t\":\"x\"}", EncryptionChoice.NONE);
    setReplicator("User");
    await(this::isCaughtUp);
    assertThat(b.replica().state().get("User")).hasSize(1);
    assertThat(b.replica().state().get("Event")).isEmpty();
    setReplicator("Event");
    await(() -> b.replica().state().get("Event").size() == 1);
    await(this::isCaughtUp);
    assertThat(a.isEqualTo(b)).isTrue();
  }

  @Test
  void givenOneDocument_whenSet_thenOnlyItIsPushed() {
    DocId one = user(a, "one");
    user(a, "two");
    a.replicators().set(MemoryHosts.addresses(b.host()), List.of("User"), List.of(one.text()));
    await(this::isCaughtUp);
    a.replica().update("User", one, "{\"n\":5}");
    await(this::isCaughtUp);
    assertThat(b.replica().state().get("User")).hasSize(1);
    assertThat(b.replica().state().get("User").iterator().next().get("n").asInt()).isEqualTo(6);
  }

  @Test
  void givenAPartition_whenItHeals_thenNothingIsMissing() {
    DocId docId = user(a, "u");
    setReplicator();
    await(this::isCaughtUp);
    hosts.network().part("a", "b");
    for (int i = 0; i < 50; i++) {
      a.replica().update("User", docId, "{\"n\":1}");
      user(a, "p" + i);
    }
    hosts.network().schedule().runUntil(() -> false, Duration.ofMinutes(5));
    assertThat(status().lag() + status().owedDocuments()).isPositive();
    assertThat(status().lastFailure()).isNotNull();
    hosts.network().join("a", "b");
    await(this::isCaughtUp);
    assertThat(a.isEqualTo(b)).isTrue();
    assertThat(status().lastFailure()).isNull();
  }

  @Test
  void givenACollectionThatThePeerLacks_whenItIsAddedThere_thenWhatIsOwedArrives() {
    var c = new MemoryNode(hosts, "c", "type Other { x: Int }");
    user(a, "u");
    a.replicators().set(MemoryHosts.addresses(c.host()), List.of("User"), List.of());
    await(() -> status().owedDocuments() == 1);
    assertThat(status().lastFailure()).contains("collection not found");
    assertThat(a.replicators().list().get(0).isActive()).isFalse();
    c.replica().addSchema(SDL);
    await(this::isCaughtUp);
    assertThat(c.replica().state().get("User")).hasSize(1);
    assertThat(a.replicators().list().get(0).isActive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenRestartsAtAnyMoment_whenAllIsQuiet_thenNothingIsMissing(long seed) {
    var random = new Random(seed);
    setReplicator();
    DocId docId = user(a, "u");
    for (int i = 0; i < 30; i++) {
      a.replica().update("User", docId, "{\"n\":1}");
      user(a, "r" + i);
      hosts.network().schedule().runUntil(() -> false, Duration.ofMillis(random.nextInt(40)));
      if (random.nextInt(5) == 0) {
        a.restart();
      }
      if (random.nextInt(8) == 0) {
        a.host().disconnect(b.host().id());
      }
    }
    await(this::isCaughtUp);
    assertThat(a.isEqualTo(b)).isTrue();
  }

  @Test
  void givenABatchUnderWay_whenTheReplicatorIsDeletedAndSetAgain_thenItStopsAndIsWholeInTheEnd() {
    for (int i = 0; i < 200; i++) {
      user(a, "u" + i);
    }
    setReplicator();
    await(() -> !b.replica().state().get("User").isEmpty());
    a.replicators().delete(b.host().id(), List.of(), List.of());
    hosts.network().schedule().runUntil(() -> false, Duration.ofMinutes(1));
    int arrived = b.replica().state().get("User").size();
    assertThat(arrived).isLessThan(200);
    setReplicator();
    await(this::isCaughtUp);
    assertThat(a.isEqualTo(b)).isTrue();
  }

  @Test
  void givenAPushUnderWay_whenTheReplicatorIsDeleted_thenNothingIsLeftOfIt() {
    for (int i = 0; i < 300; i++) {
      user(a, "u" + i);
    }
    setReplicator();
    hosts
        .network()
        .schedule()
        .runUntil(() -> !b.replica().state().get("User").isEmpty(), Duration.ofMinutes(1));
    a.replicators().delete(b.host().id(), List.of(), List.of());
    hosts.network().schedule().runUntil(() -> false, Duration.ofMinutes(1));
    assertThat(a.replicators().list()).isEmpty();
    int arrived = b.replica().state().get("User").size();
    user(a, "after");
    hosts.network().schedule().runUntil(() -> false, Duration.ofMinutes(1));
    assertThat(b.replica().state().get("User")).hasSize(arrived);
    assertThatThrownBy(() -> a.replicators().delete(b.host().id(), List.of(), List.of()))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("replicator not found");
  }

  @Test
  void givenItself_whenSet_thenItIsRefused() {
    assertThatThrownBy(
            () -> a.replicators().set(MemoryHosts.addresses(a.host()), List.of(), List.of()))
        .hasMessageContaining("can't target ourselves");
  }

  /** What came from the peer is not pushed back to it. */
  @Test
  void givenBothDirections_whenQuiet_thenBothAreEqualAndNothingEchoes() {
    setReplicator();
    b.replicators().set(MemoryHosts.addresses(a.host()), List.of(), List.of());
    DocId docId = user(a, "u");
    await(this::isCaughtUp);
    a.replica().update("User", docId, "{\"name\":\"a\",\"n\":10}");
    b.replica().update("User", docId, "{\"name\":\"b\",\"n\":100}");
    await(() -> a.isEqualTo(b) && isCaughtUp());
    assertThat(a.replica().state().get("User").iterator().next().get("n").asInt()).isEqualTo(111);
  }
}
