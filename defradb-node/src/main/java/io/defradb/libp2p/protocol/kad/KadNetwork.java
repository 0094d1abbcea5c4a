package io.defradb.libp2p.protocol.kad;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One Kademlia network as this host sees it: its routing table, its lookups, its answers. Peers
 * that speak the protocol enter the table when they are identified. On the host's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the end of an answer is told to its handlers
final class KadNetwork implements AutoCloseable {
  private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);
  private static final int REFRESHED_BUCKETS_MAX = 9;
  private static final int KEY_TRIES_MAX = 4096;
  private static final Bytes MADE_UP = Bytes.hex("1220");

  private final Host host;
  private final EventLoop loop;
  private final KadSettings settings;
  private final RandomGenerator random;
  private final RoutingTable table;
  private final KadServer server;
  private final KadKey self;
  private int lookups;
  private boolean isRefreshPlanned;
  private boolean isClosed;
  private EventLoop.@Nullable Timer refresh;

  KadNetwork(Host host, KadSettings settings, RandomGenerator random) {
    this.host = host;
    this.loop = host.loop();
    this.settings = settings;
    this.random = random;
    this.self = KadKey.of(host.id());
    this.table = new RoutingTable(self, settings.bucketMax());
    this.server = new KadServer(host, settings, table);
    host.listen(new Connections());
    if (settings.isServer()) {
      host.handle(List.of(settings.protocol()), this::serve);
    }
    loop.execute(this::planNextRefresh);
  }

  private final class Connections implements ConnectionListener {
    @Override
    public void identified(Connection connection, Set<String> protocols) {
      PeerId peer = connection.remotePeer();
      if (!protocols.contains(settings.protocol())) {
        table.remove(peer);
      } else if (isMember(connection) && table.add(peer)) {
        refreshSoon();
      }
    }
  }

  private boolean isMember(Connection connection) {
    return settings.isMember().test(connection.remoteAddress())
        || host.peers().addresses(connection.remotePeer()).stream().anyMatch(settings.isMember());
  }

  private void planNextRefresh() {
    if (!isClosed) {
      refresh =
          loop.schedule(
              settings.refreshInterval(),
              () -> {
                refresh();
                planNextRefresh();
              });
    }
  }

  /** Somebody new: asks who is near, once for all that come within a moment. */
  private void refreshSoon() {
    if (!isRefreshPlanned && !isClosed) {
      isRefreshPlanned = true;
      loop.schedule(
          REFRESH_PAUSE,
          () -> {
            isRefreshPlanned = false;
            walk(host.id().bytes());
          });
    }
  }

  /** Looks for itself and for made-up keys of each bucket, so that the table fills. */
  private void refresh() {
    walk(host.id().bytes());
    int last = Math.min(table.deepestBucket(), REFRESHED_BUCKETS_MAX);
    for (int bits = 0; bits <= last; bits++) {
      madeUpKey(bits).ifPresent(this::walk);
    }
  }

  private void walk(Bytes key) {
    if (!isClosed && table.size() > 0) {
      lookup(key, null);
    }
  }

  private Optional<Bytes> madeUpKey(int commonBits) {
    byte[] key = new byte[34];
    for (int i = 0; i < KEY_TRIES_MAX; i++) {
      random.nextBytes(key);
      System.arraycopy(MADE_UP.unsafeArray(), 0, key, 0, MADE_UP.length());
      if (self.commonBits(KadKey.of(Bytes.wrap(key))) == commonBits) {
        return Optional.of(Bytes.wrap(key));
      }
    }
    return Optional.empty();
  }

  int size() {
    return table.size();
  }

  /** Looks for a peer; fails with {@code PEER_UNREACHABLE} when nobody knows where it is. */
  CompletionStage<PeerAddresses> find(PeerId peer) {
    var found = new CompletableFuture<PeerAddresses>();
    lookup(peer.bytes(), peer)
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                found.completeExceptionally(failure);
              } else if (result.target() == null) {
                found.completeExceptionally(
                    new DefraException(ErrorCode.PEER_UNREACHABLE, "routing: not found"));
              } else {
                found.complete(result.target());
              }
            });
    return found;
  }

  /** The peers nearest to a key, of those that answer. */
  CompletionStage<List<PeerAddresses>> closest(Bytes key) {
    return lookup(key, null).thenApply(Result::closest);
  }

  private record Result(@Nullable PeerAddresses target, List<PeerAddresses> closest) {}

  private CompletionStage<Result> lookup(Bytes key, @Nullable PeerId target) {
    var result = new CompletableFuture<Result>();
    if (lookups >= settings.lookupsMax() || isClosed) {
      result.completeExceptionally(
          new DefraException(ErrorCode.BUSY, "too many peers are being looked for"));
      return result;
    }
    lookups++;
    var lookup = new Lookup(KadKey.of(key), settings);
    table
        .closest(KadKey.of(key), settings.bucketMax(), peer -> true)
        .forEach(peer -> lookup.heard(new PeerAddresses(peer, host.peers().addresses(peer))));
    advance(lookup, key, target, result);
    return result.whenComplete((done, failure) -> lookups--);
  }

  private void advance(
      Lookup lookup, Bytes key, @Nullable PeerId target, CompletableFuture<Result> result) {
    if (result.isDone()) {
      return;
    }
    for (PeerAddresses peer : lookup.next()) {
      request(peer, KadMessage.request(KadMessage.Type.FIND_NODE, key))
          .whenComplete(
              (answer, failure) ->
                  loop.run(
                      () -> {
                        if (failure == null) {
                          lookup.answered(peer.id());
                          table.add(peer.id());
                          heard(lookup, answer, target, result);
                        } else {
                          lookup.failed(peer.id());
                          table.remove(peer.id());
                        }
                        advance(lookup, key, target, result);
                      }));
    }
    if (lookup.isOver()) {
      result.complete(new Result(null, lookup.closest()));
    }
  }

  private void heard(
      Lookup lookup, KadMessage answer, @Nullable PeerId target, CompletableFuture<Result> result) {
    for (KadPeer peer : answer.closer()) {
      List<Multiaddr> usable = peer.addresses().stream().filter(settings.isUsable()).toList();
      Optional<PeerId> id = id(peer);
      if (usable.isEmpty() || id.isEmpty() || id.get().equals(host.id())) {
        continue;
      }
      var addresses = new PeerAddresses(id.get(), usable);
      if (id.get().equals(target)) {
        result.complete(new Result(addresses, List.of()));
      } else {
        lookup.heard(addresses);
      }
    }
  }

  private static Optional<PeerId> id(KadPeer peer) {
    try {
      return Optional.of(new PeerId(peer.id()));
    } catch (DefraException e) {
      return Optional.empty();
    }
  }

  /** One request on a stream of its own. */
  private CompletionStage<KadMessage> request(PeerAddresses peer, KadMessage request) {
    var answer = new CompletableFuture<KadMessage>();
    EventLoop.Timer limit =
        loop.schedule(
            settings.requestLimit(),
            () ->
                answer.completeExceptionally(
                    new DefraException(ErrorCode.PEER_TIMEOUT, "no answer to a kad request")));
    host.connect(peer)
        .thenCompose(connection -> connection.open(List.of(settings.protocol())))
        .whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              } else {
                ask(stream, request, answer);
              }
            });
    answer.whenComplete((done, failure) -> limit.cancel());
    return answer;
  }

  private static void ask(Stream stream, KadMessage request, CompletableFuture<KadMessage> answer) {
    answer.whenComplete((done, failure) -> stream.reset());
    if (!answer.isDone()) {
      stream.read(new AnswerReader(stream, answer));
      stream.write(MessageReader.frame(request.encode()));
    }
  }

  private static final class AnswerReader extends MessageReader {
    private final CompletableFuture<KadMessage> answer;

    AnswerReader(Stream stream, CompletableFuture<KadMessage> answer) {
      super(stream, KadMessage.BYTES_MAX);
      this.answer = answer;
    }

    @Override
    protected void message(Bytes message) {
      answer.complete(KadMessage.decode(message));
    }

    @Override
    public void end() {
      failed(new DefraException(ErrorCode.PEER_CLOSED, "the peer ended the stream"));
    }

    @Override
    public void failed(DefraException failure) {
      answer.completeExceptionally(failure);
    }
  }

  /** On the connection's loop: a peer asks. */
  private void serve(Stream stream) {
    stream.read(new RequestReader(stream));
  }

  private final class RequestReader extends MessageReader {
    private final Stream stream;

    RequestReader(Stream stream) {
      super(stream, KadMessage.BYTES_MAX);
      this.stream = stream;
    }

    @Override
    protected void message(Bytes message) {
      KadMessage request = KadMessage.decode(message);
      stream.pause(); // the next when this one is answered
      loop.execute(() -> answer(request));
    }

    private void answer(KadMessage request) {
      try {
        server
            .answer(stream.remotePeer(), request)
            .map(answer -> stream.write(MessageReader.frame(answer.encode())))
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .whenComplete((done, failure) -> answered(failure));
      } catch (DefraException e) {
        stream.reset();
      }
    }

    private void answered(@Nullable Throwable failure) {
      if (failure == null) {
        stream.resume();
      } else {
        stream.reset();
      }
    }

    @Override
    public void end() {
      stream.closeWrite();
    }

    @Override
    public void failed(DefraException failure) {
      // nobody waits for an answer any more
    }
  }

  @Override
  public void close() {
    if (settings.isServer()) {
      host.removeHandler(settings.protocol());
    }
    loop.execute(
        () -> {
          isClosed = true;
          if (refresh != null) {
            refresh.cancel();
          }
        });
  }
}
