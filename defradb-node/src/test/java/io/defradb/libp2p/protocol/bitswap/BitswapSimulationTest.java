package io.defradb.libp2p.protocol.bitswap;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Nodes in one process, on one seeded schedule. */
class BitswapSimulationTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final MemoryHosts hosts = new MemoryHosts(1);

  private final class Node {
    private final NetworkHost host;
    private final Bitswap bitswap;
    private final Map<Cid, Bytes> blocks = new HashMap<>();
    private final Set<PeerId> denied = new HashSet<>();
    private int reads;
    private int refusals;

    Node(String name) {
      this.host = hosts.host(name);
      this.bitswap = new Bitswap(host, this::read, BitswapSettings.DEFAULT);
      Identify.serve(host, MemoryHosts.key(name), "test", InstantSource.fixed(Instant.EPOCH));
    }

    private CompletionStage<List<Optional<Bytes>>> read(
        PeerId asker, List<Cid> cids, int bytesMax) {
      if (refusals-- > 0) {
        throw new RejectedExecutionException("full");
      }
      List<Optional<Bytes>> found = new ArrayList<>();
      int bytes = 0;
      for (Cid cid : cids) {
        reads++;
        Optional<Bytes> block =
            denied.contains(asker) ? Optional.empty() : Optional.ofNullable(blocks.get(cid));
        found.add(block);
        bytes += block.map(Bytes::length).orElse(0);
        if (bytes >= bytesMax) {
          break;
        }
      }
      return CompletableFuture.completedFuture(found);
    }

    Cid put(Bytes data) {
      Cid cid = Cid.of(Cid.DAG_CBOR, data.unsafeArray());
      blocks.put(cid, data);
      return cid;
    }

    void store(Bytes data) {
      bitswap.stored(List.of(put(data)));
    }

    BlockSession from(Node... others) {
      return bitswap.session(List.of(others).stream().map(other -> other.host.id()).toList());
    }
  }

  private void connect(Node one, Node other) {
    hosts.await(one.host.connect(MemoryHosts.addresses(other.host)));
    runFor(Duration.ofSeconds(1));
  }

  private void runFor(Duration span) {
    hosts.network().schedule().runFor(span);
  }

  private long now() {
    return hosts.network().schedule().nanoTime();
  }

  private static ErrorCode codeOf(CompletionStage<Bytes> failed) {
    var future = failed.toCompletableFuture();
    assertThat(future).isCompletedExceptionally();
    Throwable failure = future.handle((value, cause) -> cause).join();
    return ((DefraException) failure).code();
  }

  @Test
  void givenAChainOfAThousandBlocks_whenWalked_thenEachTakesOneRoundTrip() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    Cid next = there.put(Bytes.utf8("end"));
    for (int i = 0; i < 999; i++) {
      next = there.put(Bytes.utf8(next.toString()));
    }
    hosts.network().delay(Duration.ofMillis(2), Duration.ofMillis(2));
    BlockSession session = here.from(there);
    hosts.await(session.fetch(there.put(Bytes.utf8("warm")), LIMIT));
    long begin = now();
    int count = 0;
    String data = next.toString();
    while (!data.equals("end")) {
      data = hosts.await(session.fetch(Cid.fromText(data), LIMIT)).toUtf8();
      count++;
    }
    assertThat(count).isEqualTo(1000);
    assertThat(Duration.ofNanos(now() - begin)).isLessThanOrEqualTo(Duration.ofMillis(4100));
  }

  @Test
  void givenWorkersThatAreFull_whenAPeerWantsBlocks_thenItIsServedWhenTheyAreNot() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    there.refusals = 3;
    Cid cid = there.put(Bytes.utf8("late"));
    assertThat(hosts.await(here.from(there).fetch(cid, LIMIT)).toUtf8()).isEqualTo("late");
    assertThat(there.bitswap.stats().unread()).isEqualTo(3);
    Cid next = there.put(Bytes.utf8("next"));
    assertThat(hosts.await(here.from(there).fetch(next, LIMIT)).toUtf8()).isEqualTo("next");
  }

  @Test
  void givenManyBlocks_whenFetchedTogether_thenAllComeInAFewRoundTrips() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    List<Cid> cids = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      cids.add(there.put(Bytes.utf8("block " + i)));
    }
    BlockSession session = here.from(there);
    var all =
        CompletableFuture.allOf(
            cids.stream()
                .map(cid -> session.fetch(cid, LIMIT).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    long begin = now();
    hosts.await(all);
    assertThat(Duration.ofNanos(now() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(there.reads).isEqualTo(5000);
  }

  @Test
  void givenLargeBlocks_whenFetchedTogether_thenAllCome() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    BlockSession session = here.from(there);
    List<CompletableFuture<Bytes>> fetches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] data = new byte[1 << 20];
      data[0] = (byte) i;
      Cid cid = there.put(Bytes.wrap(data));
      fetches.add(session.fetch(cid, Duration.ofSeconds(60)).toCompletableFuture());
    }
    for (CompletableFuture<Bytes> fetch : fetches) {
      assertThat(hosts.await(fetch).length()).isEqualTo(1 << 20);
    }
  }

  @Test
  void givenAPreferredPeerWithoutTheBlock_whenAnotherHasIt_thenItComesFromThere() {
    Node here = new Node("here");
    Node empty = new Node("empty");
    Node full = new Node("full");
    connect(here, empty);
    connect(here, full);
    Cid small = full.put(Bytes.utf8("small"));
    Cid large = full.put(Bytes.wrap(new byte[5000]));
    BlockSession session = here.from(empty);
    assertThat(hosts.await(session.fetch(small, LIMIT)).toUtf8()).isEqualTo("small");
    assertThat(hosts.await(here.from(empty).fetch(large, LIMIT)).length()).isEqualTo(5000);
    assertThat(hosts.await(here.from().fetch(large, LIMIT)).length()).isEqualTo(5000);
  }

  @Test
  void givenAPeerThatStillFetches_whenTheBlockReachesIt_thenItIsPassedOn() {
    Node last = new Node("last");
    Node middle = new Node("middle");
    connect(last, middle);
    Bytes data = Bytes.utf8("late");
    var fetch = last.from(middle).fetch(Cid.of(Cid.DAG_CBOR, data.unsafeArray()), LIMIT);
    runFor(Duration.ofMillis(500));
    assertThat(fetch.toCompletableFuture()).isNotDone();
    long begin = now();
    middle.store(data);
    assertThat(hosts.await(fetch)).isEqualTo(data);
    assertThat(Duration.ofNanos(now() - begin)).isLessThan(Duration.ofMillis(50));
  }

  @Test
  void givenNobodyHasTheBlock_whenTheLimitIsOver_thenTheFetchFails() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    Cid cid = Cid.of(Cid.DAG_CBOR, new byte[] {1});
    var fetch = here.from(there).fetch(cid, Duration.ofSeconds(2));
    runFor(Duration.ofMillis(1900));
    assertThat(fetch.toCompletableFuture()).isNotDone();
    runFor(Duration.ofMillis(300));
    assertThat(codeOf(fetch)).isEqualTo(ErrorCode.PEER_TIMEOUT);
  }

  @Test
  void givenAPeerThatMayNotHaveIt_whenItAsks_thenItGetsNothing() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    Cid cid = there.put(Bytes.utf8("secret"));
    there.denied.add(here.host.id());
    var fetch = here.from(there).fetch(cid, Duration.ofSeconds(2));
    runFor(Duration.ofSeconds(3));
    assertThat(codeOf(fetch)).isEqualTo(ErrorCode.PEER_TIMEOUT);
  }

  @Test
  void givenAFetchGivenUp_whenTheBlockComesToThePeer_thenItIsNotSent() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    Bytes data = Bytes.utf8("late");
    BlockSession session = here.from(there);
    var fetch = session.fetch(Cid.of(Cid.DAG_CBOR, data.unsafeArray()), LIMIT);
    runFor(Duration.ofMillis(100));
    session.close();
    runFor(Duration.ofMillis(100));
    assertThat(codeOf(fetch)).isEqualTo(ErrorCode.UNAVAILABLE);
    int reads = there.reads;
    there.store(data);
    runFor(Duration.ofSeconds(1));
    assertThat(there.reads).isEqualTo(reads);
  }

  @Test
  void givenTheConnectionCut_whenFetching_thenThePeerIsDialledAgainAndTheBlockComes() {
    Node here = new Node("here");
    Node there = new Node("there");
    connect(here, there);
    BlockSession session = here.from(there);
    hosts.await(session.fetch(there.put(Bytes.utf8("first")), LIMIT));
    hosts.network().cut("here", "there");
    runFor(Duration.ofMillis(100));
    Cid second = there.put(Bytes.utf8("second"));
    assertThat(hosts.await(session.fetch(second, LIMIT)).toUtf8()).isEqualTo("second");
  }

  @Test
  void givenAPeerThatSwallowsTheFirstAnswer_whenAskedAgain_thenTheBlockComesSoon() {
    Node here = new Node("here");
    Bytes data = Bytes.utf8("data");
    Cid cid = Cid.of(Cid.DAG_CBOR, data.unsafeArray());
    NetworkHost sloppy = hosts.host("sloppy");
    Identify.serve(sloppy, MemoryHosts.key("sloppy"), "test", InstantSource.fixed(Instant.EPOCH));
    List<Want> asked = new ArrayList<>();
    sloppy.handle(
        BitswapVersion.ids(),
        stream ->
            stream.read(
                new MessageReader(stream, BitswapMessage.BYTES_MAX) {
                  @Override
                  protected void message(Bytes message) {
                    asked.addAll(BitswapMessage.decode(message).wants());
                    if (asked.stream().filter(want -> want.kind() == Want.Kind.BLOCK).count()
                        == 2) {
                      answer(stream, new Block(cid, Bytes.utf8("another")));
                      answer(stream, new Block(cid, data));
                    }
                  }

                  @Override
                  public void end() {}

                  @Override
                  public void failed(DefraException failure) {}
                }));
    hosts.await(here.host.connect(MemoryHosts.addresses(sloppy)));
    var fetch = here.bitswap.session(List.of(sloppy.id())).fetch(cid, LIMIT);
    runFor(Duration.ofMillis(1500));
    assertThat(fetch.toCompletableFuture()).isCompletedWithValue(data);
  }

  /** On the same stream, which is allowed. */
  private static void answer(Stream stream, Block block) {
    var message = BitswapMessage.ofAnswers(List.of(block), List.of());
    stream.write(MessageReader.frame(message.encode(BitswapVersion.V1_2)));
  }

  @Test
  void givenAPeerThatWantsTooMuch_whenItAsks_thenOnlySoMuchIsRemembered() {
    Node victim = new Node("victim");
    NetworkHost hostile = hosts.host("hostile");
    var connection = hosts.await(hostile.connect(MemoryHosts.addresses(victim.host)));
    Stream stream = hosts.await(connection.open(BitswapVersion.ids()));
    List<Want> wants = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      wants.add(
          new Want(
              Cid.of(Cid.DAG_CBOR, Bytes.utf8("no " + i).unsafeArray()),
              1,
              Want.Kind.BLOCK,
              false));
    }
    stream.write(
        MessageReader.frame(BitswapMessage.ofWants(wants, false).encode(BitswapVersion.V1_2)));
    runFor(Duration.ofSeconds(1));
    assertThat(victim.reads).isEqualTo(BitswapSettings.DEFAULT.wantsPerPeerMax());
  }
}
