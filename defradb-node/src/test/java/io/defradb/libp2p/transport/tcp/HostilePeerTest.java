package io.defradb.libp2p.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.defradb.error.DefraException;
import io.defradb.libp2p.address.AddressProtocol;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.libp2p.muxer.yamux.Yamux;
import io.defradb.libp2p.muxer.yamux.YamuxSettings;
import io.defradb.libp2p.protocol.bitswap.Bitswap;
import io.defradb.libp2p.protocol.bitswap.BitswapSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.gossipsub.Validator;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.testing.TcpHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer can do to a host over real sockets when it means harm; and others notice nothing. */
class HostilePeerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BITSWAP = "/ipfs/bitswap/1.2.0";
  private static final String GOSSIP = "/meshsub/1.1.0";
  private static final long KEPT_MAX = 4 << 20;
  private static final int STREAMS_MAX = 600;

  /** Of the two sides' event loops and of who awaits; one a connection or stream would be more. */
  private static final int THREADS_MORE_MAX = 15;

  private final Yamux yamux = new Yamux(YamuxSettings.DEFAULT.withHostMax(KEPT_MAX, STREAMS_MAX));
  private final TcpHosts hosts = new TcpHosts();
  private final NetworkHost victim = hosts.host("victim", yamux);
  private final GossipSub gossip =
      new GossipSub(victim, MemoryHosts.key("victim"), 1, new Random(1), GossipSettings.DEFAULT);
  private final Bitswap bitswap =
      new Bitswap(
          victim,
          (asker, cids, bytesMax) ->
              CompletableFuture.completedFuture(
                  cids.stream().map(cid -> Optional.<Bytes>empty()).toList()),
          BitswapSettings.DEFAULT);
  private final NetworkHost attacker = hosts.host("attacker");
  private final NetworkHost friend = hosts.host("friend");
  private final int threadsBefore = Thread.activeCount();

  @BeforeEach
  void listen() {
    gossip.join("topic", Validator.ALL, message -> {});
    TcpHosts.listening(victim);
  }

  /** The victim answers others, keeps little, and has not got more threads. */
  @AfterEach
  void close() {
    TcpHosts.await(friend.connect(TcpHosts.addresses(victim)));
    assertThat(TcpHosts.await(Ping.ping(friend, victim.id(), new Random(2)))).isPositive();
    await().atMost(PATIENCE).until(() -> Thread.activeCount() <= threadsBefore + THREADS_MORE_MAX);
    attacker.close();
    await().atMost(PATIENCE).until(() -> yamux.keptBytes() == 0);
    friend.close();
    await().atMost(PATIENCE).until(() -> yamux.inboundStreams() == 0);
    gossip.close();
    bitswap.close();
    hosts.close();
  }

  private Connection connection() {
    return TcpHosts.await(attacker.connect(TcpHosts.addresses(victim)));
  }

  private static Optional<Stream> open(Connection connection, String protocol) {
    try {
      return Optional.of(TcpHosts.await(connection.open(List.of(protocol))));
    } catch (AssertionError refused) {
      return Optional.empty();
    }
  }

  /** A length that promises {@code promised} bytes, and {@code sent} of them. */
  private static Bytes part(int promised, int sent) {
    byte[] head = Varint.encode(promised);
    return Bytes.wrap(Arrays.copyOf(head, head.length + sent));
  }

  private static int port(NetworkHost host) {
    Multiaddr.Part tcp = host.addresses().get(0).part(AddressProtocol.TCP).orElseThrow();
    return Integer.parseInt(tcp.valueText());
  }

  @Test
  void givenConnectionsThatSayNothing_whenTheyAreMany_thenOthersStillComeIn() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(victim)));
        silent.add(socket);
      }
      TcpHosts.await(friend.connect(TcpHosts.addresses(victim)));
      await().atMost(PATIENCE).until(() -> victim.connections().size() == 1);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void givenBytesWithoutEnd_whenTheyAreNoProtocol_thenTheConnectionEnds() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port(victim))) {
      byte[] nonsense = new byte[1 << 16];
      new Random(3).nextBytes(nonsense);
      int[] sent = {0};
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                try {
                  socket.getOutputStream().write(nonsense);
                  return ++sent[0] > 10_000;
                } catch (IOException closed) {
                  return true;
                }
              });
      assertThat(sent[0]).isLessThan(10_000);
    }
  }

  /** Each stream alone is allowed, all together are not. */
  @Test
  void givenManyHalfMessages_whenTheyAreTooMuchForTheHost_thenStreamsAreReset() {
    Connection connection = connection();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Stream stream = open(connection, BITSWAP).orElseThrow();
      var end = new CompletableFuture<Void>();
      ends.add(end);
      stream.read(new End(end));
      stream.write(part(4 << 20, 1 << 20));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> ends.stream().filter(CompletableFuture::isDone).count() > 10);
    await().atMost(PATIENCE).until(() -> yamux.keptBytes() < 2 * KEPT_MAX);
  }

  @Test
  void givenAMessageOfImpossibleLength_whenItBegins_thenItsStreamEnds() {
    Connection connection = connection();
    for (String protocol : List.of(BITSWAP, GOSSIP, "/ipfs/id/push/1.0.0")) {
      var end = new CompletableFuture<Void>();
      Stream stream = open(connection, protocol).orElseThrow();
      stream.read(new End(end));
      stream.write(Bytes.hex("ffffffffffffffff7f"));
      await().atMost(PATIENCE).until(end::isDone);
    }
  }

  @Test
  void givenStreamsWithoutEnd_whenTheyAreTooMany_thenTheyAreReset() {
    List<CompletableFuture<Stream>> streams = new ArrayList<>();
    Connection connection = connection();
    for (int i = 0; i < 2_000; i++) {
      try {
        streams.add(connection.open(List.of(Ping.PROTOCOL)).toCompletableFuture());
      } catch (CompletionException refused) {
        streams.add(CompletableFuture.failedFuture(refused));
      }
    }
    await().atMost(PATIENCE).until(() -> streams.stream().allMatch(CompletableFuture::isDone));
    assertThat(yamux.inboundStreams()).isLessThanOrEqualTo(STREAMS_MAX + 16);
  }

  /** Asks for answers and reads none of them. */
  @Test
  void givenAPeerThatDoesNotRead_whenItAsksWithoutEnd_thenLittleWaitsForIt() {
    Connection connection = connection();
    Bytes chunk = Bytes.wrap(new byte[1 << 16]);
    for (int i = 0; i < 40; i++) {
      open(connection, Ping.PROTOCOL)
          .ifPresent(
              stream -> {
                stream.pause();
                for (int j = 0; j < 16; j++) {
                  stream.write(chunk);
                }
              });
    }
    TcpHosts.await(friend.connect(TcpHosts.addresses(victim)));
    for (int i = 0; i < 20; i++) {
      assertThat(TcpHosts.await(Ping.ping(friend, victim.id(), new Random(i)))).isPositive();
      assertThat(yamux.keptBytes()).isLessThan(2 * KEPT_MAX);
    }
  }

  @Test
  void givenGossipOfNonsense_whenItComesFast_thenItIsDropped() {
    Connection connection = connection();
    var end = new CompletableFuture<Void>();
    Stream stream = open(connection, GOSSIP).orElseThrow();
    stream.read(new End(end));
    byte[] nonsense = new byte[1_000];
    new Random(5).nextBytes(nonsense);
    for (int i = 0; i < 2_000; i++) {
      stream.write(part(nonsense.length, 0));
      stream.write(Bytes.wrap(nonsense));
    }
    await().atMost(PATIENCE).until(end::isDone);
  }

  @Test
  void givenMillionsOfWants_whenTheyCome_thenOthersAreServed() {
    Stream stream = open(connection(), BITSWAP).orElseThrow();
    stream.read(new End(new CompletableFuture<>()));
    for (int i = 0; i < 50; i++) {
      var wants = new ByteArrayOutputStream();
      for (int j = 0; j < 20_000; j++) { // a wantlist's entries with nothing but a CID
        byte[] cid = Cid.of(Cid.RAW, ByteBuffer.allocate(8).putInt(i).putInt(j).array()).toBytes();
        wants.write(0x0a);
        wants.write(cid.length + 2);
        wants.write(0x0a);
        wants.write(cid.length);
        wants.writeBytes(cid);
      }
      var list = new ByteArrayOutputStream();
      list.write(0x0a);
      list.writeBytes(Varint.encode(wants.size()));
      list.writeBytes(wants.toByteArray());
      TcpHosts.await(stream.write(part(list.size(), 0)));
      TcpHosts.await(stream.write(Bytes.wrap(list.toByteArray())));
      assertThat(yamux.keptBytes()).isLessThan(2 * KEPT_MAX);
    }
  }

  /** Hears only whether the stream is over. */
  private record End(CompletableFuture<Void> over) implements StreamReader {
    @Override
    public void data(Bytes bytes) {}

    @Override
    public void end() {
      over.complete(null);
    }

    @Override
    public void failed(DefraException failure) {
      over.complete(null);
    }
  }
}
