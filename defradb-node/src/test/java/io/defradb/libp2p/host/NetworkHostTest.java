package io.defradb.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.testing.Echo;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.testing.Received;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class NetworkHostTest {
  private static final String ECHO = "/test/echo/1.0.0";

  private final MemoryHosts hosts = new MemoryHosts(1);
  private final NetworkHost one = hosts.host("one");
  private final NetworkHost two = hosts.host("two");

  private Stream open(String... protocols) {
    return hosts.await(
        hosts.await(one.connect(MemoryHosts.addresses(two))).open(List.of(protocols)));
  }

  private void runUntil(BooleanSupplier isSo) {
    assertThat(hosts.network().schedule().runUntil(isSo, Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void givenAHandler_whenAStreamIsOpened_thenBytesGoBothWaysAndBothEndsAreSeen() {
    two.handle(List.of(ECHO), Echo::serve);
    Stream stream = open("/test/unknown", ECHO);
    assertThat(stream.protocol()).isEqualTo(ECHO);
    assertThat(stream.remotePeer()).isEqualTo(two.id());

    var received = new Received();
    stream.read(received);
    stream.write(Bytes.utf8("hello, "));
    stream.write(Bytes.utf8("world"));
    stream.closeWrite();
    runUntil(received::hasEnded);
    assertThat(received.bytes().toUtf8()).isEqualTo("hello, world");
  }

  @Test
  void givenMuchMoreThanAWindow_whenTheReaderPauses_thenTheWriterWaitsAndNothingIsLost() {
    var taken = new Received();
    var streams = new ArrayList<Stream>();
    two.handle(
        List.of(ECHO),
        stream -> {
          streams.add(stream);
          stream.pause();
          stream.read(taken);
        });
    Stream stream = open(ECHO);
    var chunk = Bytes.wrap(new byte[3 << 20]);
    CompletionStage<Void> first = stream.write(chunk);
    stream.closeWrite();
    hosts.network().schedule().runFor(Duration.ofSeconds(5));
    assertThat(first.toCompletableFuture()).isNotDone();
    assertThat(taken.count()).isZero();

    streams.get(0).resume();
    runUntil(taken::hasEnded);
    assertThat(taken.count()).isEqualTo(chunk.length());
    assertThat(first.toCompletableFuture()).isCompleted();
  }

  @Test
  void givenAPeerThatDoesNotRead_whenMoreIsWrittenThanMayWait_thenTheWriteIsRefused() {
    two.handle(List.of(ECHO), stream -> {});
    Stream stream = open(ECHO);
    stream.write(Bytes.wrap(new byte[Stream.WAITING_BYTES_MAX + (1 << 20)]));
    var refused = stream.write(Bytes.utf8("one more")).toCompletableFuture();
    hosts.network().schedule().runFor(Duration.ofSeconds(1));
    assertThat(refused).isCompletedExceptionally();
    assertThat(Failures.unwrap(refused.handle((none, failure) -> failure).join()).code())
        .isEqualTo(ErrorCode.BUSY);
  }

  @Test
  void givenNoCommonProtocol_whenAStreamIsOpened_thenItIsRefused() {
    two.handle(List.of(ECHO), Echo::serve);
    assertThatThrownBy(() -> open("/test/other"))
        .hasRootCauseInstanceOf(DefraException.class)
        .hasMessageContaining("protocols not supported");
  }

  @Test
  void givenTwoDialsAtOnce_whenToTheSamePeer_thenTheyShareAConnection() {
    var first = one.connect(MemoryHosts.addresses(two));
    var second = one.connect(MemoryHosts.addresses(two));
    assertThat(hosts.await(first)).isSameAs(hosts.await(second));
    assertThat(one.connections()).hasSize(1);
    runUntil(() -> two.connections().size() == 1);
  }

  @Test
  void givenBothDialAtOnce_whenTheConnectionsMeet_thenStreamsWorkBothWays() {
    one.handle(List.of(ECHO), Echo::serve);
    two.handle(List.of(ECHO), Echo::serve);
    var there = one.connect(MemoryHosts.addresses(two));
    var back = two.connect(MemoryHosts.addresses(one));
    hosts.await(there);
    hosts.await(back);
    for (NetworkHost host : List.of(one, two)) {
      var received = new Received();
      Stream stream = hosts.await(host.open(host == one ? two.id() : one.id(), List.of(ECHO)));
      stream.read(received);
      stream.write(Bytes.utf8("x"));
      stream.closeWrite();
      runUntil(received::hasEnded);
      assertThat(received.bytes().toUtf8()).isEqualTo("x");
    }
  }

  @Test
  void givenListeners_whenAPeerComesAndGoes_thenTheyHearItInOrder() {
    var heard = new ArrayList<String>();
    two.listen(
        new ConnectionListener() {
          @Override
          public void connected(Connection connection) {
            heard.add("connected");
          }

          @Override
          public void identified(Connection connection, Set<String> protocols) {
            heard.add("identified " + protocols);
          }

          @Override
          public void disconnected(Connection connection) {
            heard.add("disconnected");
          }
        });
    hosts.await(one.connect(MemoryHosts.addresses(two)));
    runUntil(() -> two.connections().size() == 1);
    two.identified(two.connections().iterator().next(), Set.of(ECHO));
    one.disconnect(two.id());
    runUntil(() -> two.connections().isEmpty());
    assertThat(heard).containsExactly("connected", "identified [" + ECHO + "]", "disconnected");
  }

  @Test
  void givenAKnownProtocol_whenAStreamIsOpened_thenDataGoWithTheProposal() {
    two.handle(List.of(ECHO), Echo::serve);
    Connection connection = hosts.await(one.connect(MemoryHosts.addresses(two)));
    one.identified(connection, Set.of(ECHO));
    CompletionStage<Stream> opened = connection.open(List.of("/test/unknown", ECHO));
    hosts.network().schedule().runFor(Duration.ZERO);
    assertThat(opened.toCompletableFuture()).as("before a byte came back").isCompleted();
    var received = new Received();
    Stream stream = hosts.await(opened);
    stream.write(Bytes.utf8("early"));
    stream.closeWrite();
    stream.read(received);
    runUntil(received::hasEnded);
    assertThat(received.bytes().toUtf8()).isEqualTo("early");
  }

  @Test
  void givenAPeerThatNoLongerSpeaksIt_whenOpenedLazily_thenTheReaderLearnsIt() {
    Connection connection = hosts.await(one.connect(MemoryHosts.addresses(two)));
    one.identified(connection, Set.of(ECHO));
    var received = new Received();
    Stream stream = hosts.await(connection.open(List.of(ECHO)));
    stream.read(received);
    runUntil(() -> received.failure() != null);
    assertThat(received.failure().code()).isEqualTo(ErrorCode.PROTOCOL_NOT_SPOKEN);
  }

  @Test
  void givenNobodyThere_whenDialled_thenItIsUnreachableAndLeftAloneForAWhile() {
    var nobody =
        new PeerAddresses(
            PeerId.of(MemoryHosts.key("nobody").publicKey()),
            List.of(MemoryNetwork.address("nobody")));
    assertThatThrownBy(() -> hosts.await(one.connect(nobody)))
        .hasMessageContaining("connection refused");
    var known = new PeerAddresses(nobody.id(), List.of());
    assertThatThrownBy(() -> hosts.await(one.connect(known))).hasMessageContaining("no addresses");
    hosts.network().schedule().runFor(Duration.ofSeconds(7));
    assertThatThrownBy(() -> hosts.await(one.connect(known)))
        .as("tried again")
        .hasMessageContaining("connection refused");
  }

  @Test
  void givenAnotherPeerAtTheAddress_whenDialled_thenTheConnectionIsRefused() {
    hosts.host("three");
    var wrong = new PeerAddresses(two.id(), List.of(MemoryNetwork.address("three")));
    assertThatThrownBy(() -> hosts.await(one.connect(wrong)))
        .hasMessageContaining("peer id mismatch");
    assertThat(one.connections()).isEmpty();
  }

  @Test
  void givenACutConnection_whenStreamsAreOpen_thenBothSidesSeeThemFail() {
    var taken = new Received();
    two.handle(List.of(ECHO), stream -> stream.read(taken));
    Stream stream = open(ECHO);
    var received = new Received();
    stream.read(received);
    stream.write(Bytes.utf8("x"));
    runUntil(() -> taken.count() == 1);
    hosts.network().cut("one", "two");
    runUntil(() -> taken.failure() != null && received.failure() != null);
    assertThat(received.failure().code()).isEqualTo(ErrorCode.PEER_CLOSED);
    runUntil(() -> one.connections().isEmpty() && two.connections().isEmpty());
  }

  @Test
  void givenASilentPartition_whenPingsGoUnanswered_thenTheConnectionEnds() {
    hosts.await(one.connect(MemoryHosts.addresses(two)));
    hosts.network().schedule().runFor(Duration.ofSeconds(1));
    hosts.network().part("one", "two");
    runUntil(() -> one.connections().isEmpty() && two.connections().isEmpty());
  }

  @Test
  void givenMoreConnectionsThanOnePeerMayHave_whenItDials_thenFurtherOnesAreClosed() {
    int max = HostSettings.DEFAULT.connectionsOfPeerMax();
    for (int i = 0; i < max + 3; i++) {
      hosts.await(hosts.host("place " + i, "copy").connect(MemoryHosts.addresses(two)));
    }
    hosts.network().schedule().runFor(Duration.ofSeconds(1));
    assertThat(two.connections()).hasSize(max);
  }

  private static HostSettings limited(int max, int high, int low) {
    HostSettings all = HostSettings.DEFAULT;
    return new HostSettings(
        max,
        high,
        low,
        all.connectionsOfPeerMax(),
        all.inboundPendingMax(),
        all.inboundPerSecondMax(),
        all.dialsMax(),
        all.dialsOfPeerMax(),
        all.dialStagger(),
        all.dialPrivateLimit(),
        all.dialPublicLimit(),
        all.handshakeLimit(),
        all.negotiationLimit(),
        all.inboundNegotiationLimit(),
        Duration.ofSeconds(1));
  }

  @Test
  void givenAsManyConnectionsAsMayBe_whenOthersDial_thenTheyAreClosedAndTheRestStays() {
    var few = new MemoryHosts(2, limited(5, 5, 5));
    NetworkHost full = few.host("full");
    List<NetworkHost> guests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      NetworkHost guest = few.host("guest " + i);
      guests.add(guest);
      guest.connect(MemoryHosts.addresses(full));
      few.network().schedule().runFor(Duration.ofSeconds(1));
    }
    assertThat(full.connections()).hasSize(5);
    assertThat(guests.subList(0, 5)).allMatch(guest -> guest.connections().size() == 1);
    assertThat(guests.subList(5, 8)).allMatch(guest -> guest.connections().isEmpty());
  }

  @Test
  void givenMoreThanTheHighMark_whenTrimmed_thenThoseThatAreUsedStay() {
    var few = new MemoryHosts(3, limited(20, 8, 4));
    NetworkHost busy = few.host("busy");
    busy.handle(List.of(ECHO), Echo::serve);
    List<NetworkHost> guests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      NetworkHost guest = few.host("guest " + i);
      guests.add(guest);
      few.await(guest.connect(MemoryHosts.addresses(busy)));
      if (i < 3) {
        few.await(guest.open(busy.id(), List.of(ECHO))).write(Bytes.utf8("used"));
      }
      few.network().schedule().runFor(Duration.ofSeconds(2));
    }
    assertThat(busy.connections()).hasSize(4);
    assertThat(guests.subList(0, 3)).allMatch(guest -> guest.connections().size() == 1);
  }
}
