package io.defradb.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingPeersTest {
  private final MemoryHosts hosts = new MemoryHosts(1);
  private final NetworkHost one = hosts.host("one");

  private boolean runUntilConnected(Duration limit) {
    return hosts.network().schedule().runUntil(() -> !one.connections().isEmpty(), limit);
  }

  private void runFor(Duration span) {
    hosts.network().schedule().runFor(span);
  }

  @Test
  void givenALostConnection_whenThePeerIsThere_thenItIsBackAtOnce() {
    NetworkHost two = hosts.host("two");
    StandingPeers.keep(one, List.of(MemoryHosts.addresses(two)));
    assertThat(runUntilConnected(Duration.ofSeconds(1))).isTrue();
    runFor(Duration.ofSeconds(20));
    hosts.network().cut("one", "two");
    runFor(Duration.ofMillis(10));
    assertThat(one.connections()).isEmpty();
    assertThat(runUntilConnected(Duration.ofSeconds(2))).isTrue();
  }

  @Test
  void givenAPeerAwayForLong_whenItComesBack_thenItIsFoundWithinTheLongestPause() {
    NetworkHost two = hosts.host("two");
    PeerAddresses at = MemoryHosts.addresses(two);
    StandingPeers.keep(one, List.of(at));
    assertThat(runUntilConnected(Duration.ofSeconds(1))).isTrue();
    two.close();
    hosts.network().crash("two");
    runFor(Duration.ofHours(1));
    assertThat(one.connections()).isEmpty();
    hosts.host("two");
    assertThat(runUntilConnected(Duration.ofSeconds(31))).isTrue();
  }

  @Test
  void givenAPeerThatIsFull_whenItClosesEachTime_thenItIsDialledLaterAndLater() {
    List<Long> dials = new ArrayList<>();
    NetworkHost two = hosts.host("two");
    PeerAddresses at = MemoryHosts.addresses(two);
    two.listen(
        new ConnectionListener() {
          @Override
          public void connected(Connection connection) {
            dials.add(hosts.network().schedule().nanoTime());
            connection.close(); // full
          }
        });
    StandingPeers.keep(one, List.of(at));
    runFor(Duration.ofMinutes(10));
    assertThat(dials).hasSizeBetween(20, 25); // at 0, 2, 7 and 17 seconds, then every 30
  }

  @Test
  void givenSeveralPeers_whenOneIsLost_thenItIsDialledAgain() {
    List<PeerAddresses> named = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      named.add(MemoryHosts.addresses(hosts.host("p" + i)));
    }
    StandingPeers.keep(one, named);
    runFor(Duration.ofSeconds(20));
    assertThat(one.connections()).hasSize(4);
    hosts.network().crash("p2");
    runFor(Duration.ofMillis(10));
    assertThat(one.connections()).hasSize(3);
    hosts.host("p2");
    runFor(Duration.ofSeconds(3));
    assertThat(one.connections()).hasSize(4);
  }

  @Test
  void givenMorePeersThanWanted_whenAllAreThere_thenAFewAreEnoughOnceSomeAreConnected() {
    List<PeerAddresses> named = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      named.add(MemoryHosts.addresses(hosts.host("p" + i)));
    }
    StandingPeers.keep(one, named);
    runFor(Duration.ofSeconds(20));
    for (int i = 0; i < 4; i++) {
      hosts.network().crash("p" + i);
    }
    runFor(Duration.ofMinutes(1));
    assertThat(one.connections()).hasSize(4);
  }

  @Test
  void givenItself_whenNamed_thenItIsNotDialled() {
    StandingPeers.keep(
        one, List.of(new PeerAddresses(one.id(), List.of(MemoryNetwork.address("one")))));
    runFor(Duration.ofMinutes(1));
    assertThat(one.connections()).isEmpty();
  }

  @Test
  void givenClosed_whenThePeerIsLost_thenItIsNotDialledAgain() {
    NetworkHost two = hosts.host("two");
    var standing = StandingPeers.keep(one, List.of(MemoryHosts.addresses(two)));
    assertThat(runUntilConnected(Duration.ofSeconds(1))).isTrue();
    standing.close();
    runFor(Duration.ofSeconds(1));
    hosts.network().cut("one", "two");
    runFor(Duration.ofMinutes(5));
    assertThat(one.connections()).isEmpty();
  }
}
