package io.defradb.libp2p.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.testing.Echo;
import io.defradb.libp2p.testing.Received;
import io.defradb.libp2p.testing.TcpHosts;
import io.defradb.multiformats.Bytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpHostTest {
  private static final String ECHO = "/test/echo/1.0.0";

  private final TcpHosts hosts = new TcpHosts();

  @AfterEach
  void close() {
    hosts.close();
  }

  @Test
  void givenTwoHosts_whenOneDials_thenBothKnowWhatTheOtherSpeaksAndWhereItIs() {
    NetworkHost one = TcpHosts.listening(hosts.host("one"));
    NetworkHost two = hosts.host("two");
    two.handle(List.of(ECHO), Echo::serve);
    TcpHosts.listening(two);
    Connection connection = TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    await().until(() -> connection.protocols().contains(ECHO));
    assertThat(connection.protocols())
        .containsExactlyInAnyOrder(ECHO, Identify.PROTOCOL, Identify.PUSH_PROTOCOL, Ping.PROTOCOL);
    await().until(() -> two.peers().addresses(one.id()).equals(one.addresses()));
    assertThat(two.peers().signedRecord(one.id())).isPresent();
    assertThat(TcpHosts.await(Ping.ping(two, one.id(), new Random(1)))).isPositive();
  }

  @Test
  void givenTheWildcard_whenListening_thenTheAddressesAreOfItsFamily() {
    NetworkHost host = hosts.host("wild");
    host.bind(List.of(Multiaddr.parse("/ip4/0.0.0.0/tcp/0")));
    assertThat(host.addresses())
        .extracting(Multiaddr::toString)
        .isNotEmpty()
        .allMatch(address -> address.startsWith("/ip4/"))
        .first()
        .asString()
        .startsWith("/ip4/127.0.0.1/tcp/");
  }

  @Test
  void givenAConnectedPeer_whenAProtocolIsAdded_thenItIsTold() {
    NetworkHost one = TcpHosts.listening(hosts.host("one"));
    NetworkHost two = TcpHosts.listening(hosts.host("two"));
    Connection connection = TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    await().until(() -> connection.protocols().contains(Identify.PUSH_PROTOCOL));
    await().until(() -> !two.peers().protocols(one.id()).isEmpty());
    two.handle(List.of(ECHO), Echo::serve);
    await().until(() -> connection.protocols().contains(ECHO));
  }

  @Test
  void givenMegabytesBothWays_whenEchoed_thenEveryByteComesBackInOrder() {
    NetworkHost one = TcpHosts.listening(hosts.host("one"));
    NetworkHost two = hosts.host("two");
    two.handle(List.of(ECHO), Echo::serve);
    TcpHosts.listening(two);
    TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    byte[] much = new byte[3 << 20];
    new Random(7).nextBytes(much);
    var received = new Received();
    Stream stream = TcpHosts.await(one.open(two.id(), List.of(ECHO)));
    stream.read(received);
    stream.write(Bytes.wrap(much));
    stream.closeWrite();
    await().until(received::hasEnded);
    assertThat(received.bytes()).isEqualTo(Bytes.wrap(much));
  }

  @Test
  void givenAClosedHost_whenItsPeersLook_thenTheConnectionIsGone() {
    NetworkHost one = TcpHosts.listening(hosts.host("one"));
    NetworkHost two = TcpHosts.listening(hosts.host("two"));
    TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    two.close();
    await().until(() -> one.connections().isEmpty());
  }
}
