package io.defradb.libp2p.protocol.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.testing.MemoryHosts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes in one process, on one seeded schedule. */
class KadSimulationTest {
  private static final KadSettings EVERYWHERE = KadSettings.lan().withUsable(address -> true);

  private static final class Node {
    private final NetworkHost host;
    private final Kademlia kademlia;

    Node(MemoryHosts hosts, String name, KadSettings settings) {
      this.host = hosts.host(name);
      this.kademlia = new Kademlia(host, List.of(settings), new Random(name.hashCode()));
      host.route(kademlia);
      Identify.serve(host, MemoryHosts.key(name), "test", InstantSource.fixed(Instant.EPOCH));
      Ping.serve(host);
    }

    void connect(MemoryHosts hosts, Node other) {
      hosts.await(host.connect(MemoryHosts.addresses(other.host)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givenAllConnectedToOne_whenAPeerIsLookedFor_thenItIsFoundAndReached(long seed) {
    var hosts = new MemoryHosts(seed);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      nodes.add(new Node(hosts, "n" + i, EVERYWHERE));
    }
    for (Node node : nodes.subList(1, nodes.size())) {
      hosts.await(node.host.connect(MemoryHosts.addresses(nodes.get(0).host)));
    }
    hosts.network().schedule().runFor(Duration.ofSeconds(20));
    Node newcomer = new Node(hosts, "newcomer", EVERYWHERE);
    hosts.await(newcomer.host.connect(MemoryHosts.addresses(nodes.get(39).host)));
    hosts.network().schedule().runFor(Duration.ofMillis(200));
    for (int i = 1; i < 39; i += 6) {
      PeerId target = nodes.get(i).host.id();
      PeerAddresses found = hosts.await(newcomer.kademlia.find(target));
      assertThat(found.addresses()).isEqualTo(nodes.get(i).host.addresses());
      assertThat(hosts.await(newcomer.host.connect(found)).remotePeer()).isEqualTo(target);
    }
  }

  @Test
  void givenAPeerKnownByItsIdOnly_whenAStreamIsOpened_thenItIsFoundBeforeTheDialIsGivenUp() {
    var hosts = new MemoryHosts(7);
    Node one = new Node(hosts, "one", EVERYWHERE);
    Node two = new Node(hosts, "two", EVERYWHERE);
    Node three = new Node(hosts, "three", EVERYWHERE);
    three.connect(hosts, two);
    hosts.network().schedule().runFor(Duration.ofSeconds(2));
    one.connect(hosts, two);
    hosts.network().schedule().runFor(Duration.ofMillis(100)); // no walk yet
    assertThat(one.host.peers().addresses(three.host.id())).isEmpty();
    Stream stream = hosts.await(one.host.open(three.host.id(), List.of(Ping.PROTOCOL)));
    assertThat(stream.remotePeer()).isEqualTo(three.host.id());
  }

  @Test
  void givenAPeerThatNobodyKnows_whenAStreamIsOpened_thenItFailsAsAnyDialDoes() {
    var hosts = new MemoryHosts(8);
    Node one = new Node(hosts, "one", EVERYWHERE);
    Node two = new Node(hosts, "two", EVERYWHERE);
    one.connect(hosts, two);
    hosts.network().schedule().runFor(Duration.ofSeconds(2));
    PeerId nobody = PeerId.of(MemoryHosts.key("nobody").publicKey());
    assertThatThrownBy(() -> hosts.await(one.host.open(nobody, List.of(Ping.PROTOCOL))))
        .hasCauseInstanceOf(DefraException.class)
        .extracting(failure -> ((DefraException) failure.getCause()).code())
        .isEqualTo(ErrorCode.PEER_UNREACHABLE);
  }

  @Test
  void givenNobodyKnows_whenAPeerIsLookedFor_thenTheLookupEnds() {
    var hosts = new MemoryHosts(4);
    Node one = new Node(hosts, "one", EVERYWHERE);
    Node two = new Node(hosts, "two", EVERYWHERE);
    hosts.await(one.host.connect(MemoryHosts.addresses(two.host)));
    hosts.network().schedule().runFor(Duration.ofSeconds(2));
    var search = one.kademlia.find(PeerId.of(MemoryHosts.key("nobody").publicKey()));
    hosts.network().schedule().runFor(Duration.ofSeconds(15));
    Throwable failure = search.toCompletableFuture().handle((at, cause) -> cause).join();
    assertThat(((DefraException) failure).code()).isEqualTo(ErrorCode.PEER_UNREACHABLE);
  }

  @Test
  void givenAddressesOfTheAnswerersMachine_whenHeardOnALocalNetwork_thenTheyAreNotBelieved() {
    var hosts = new MemoryHosts(5);
    Node one = new Node(hosts, "one", KadSettings.lan());
    Node two = new Node(hosts, "two", KadSettings.lan());
    Node three = new Node(hosts, "three", KadSettings.lan());
    hosts.await(one.host.connect(MemoryHosts.addresses(two.host)));
    hosts.await(three.host.connect(MemoryHosts.addresses(two.host)));
    hosts.network().schedule().runFor(Duration.ofSeconds(2));
    var search = one.kademlia.find(three.host.id());
    hosts.network().schedule().runFor(Duration.ofSeconds(15));
    assertThat(search.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void givenPeersThatLeft_whenLookedUp_thenTheyLeaveTheTable() {
    var hosts = new MemoryHosts(6);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      nodes.add(new Node(hosts, "n" + i, EVERYWHERE));
    }
    for (Node node : nodes.subList(1, 8)) {
      hosts.await(node.host.connect(MemoryHosts.addresses(nodes.get(0).host)));
    }
    hosts.network().schedule().runFor(Duration.ofSeconds(20));
    assertThat(hosts.await(nodes.get(0).kademlia.sizes())).containsExactly(7);
    for (int i = 4; i < 8; i++) {
      nodes.get(i).kademlia.close();
      nodes.get(i).host.close();
      hosts.network().crash("n" + i);
    }
    hosts.network().schedule().runFor(Duration.ofMinutes(11));
    assertThat(hosts.await(nodes.get(0).kademlia.sizes())).containsExactly(3);
  }
}
