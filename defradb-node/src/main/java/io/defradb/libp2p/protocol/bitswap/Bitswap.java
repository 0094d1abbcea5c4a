package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@link BlockExchange} over a host's streams. Wants go out at once, and those that come up while a
 * message is under way share the next: there is no waiting for a batch to fill. A message may stand
 * on any stream, so each side keeps one for its wants and one for its answers. All decisions are
 * made on the host's loop.
 */
public final class Bitswap implements BlockExchange, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration REOPEN_DELAY = Duration.ofMillis(250);
  private static final int REOPENS_MAX = 4;

  private final Host host;
  private final EventLoop loop;
  private final WantList wantList;
  private final BlockServer server;
  private final Map<PeerId, BitswapLink> links = new HashMap<>();
  private final Map<PeerId, Integer> failures = new HashMap<>();
  private final Set<BitswapLink> changed = new LinkedHashSet<>();
  private final Owner owner = new Owner();
  private final BitswapStats stats = new BitswapStats();
  private boolean isTicking;
  private boolean isClosed;

  /** Registers with the host; to be made before the host listens. */
  public Bitswap(Host host, BlockSource source, BitswapSettings settings) {
    this.host = host;
    this.loop = host.loop();
    this.wantList = new WantList(settings, this::send, loop::nanoTime, stats);
    this.server = new BlockServer(source, settings, loop, this::answer, stats);
    host.listen(new Connections());
    host.handle(BitswapVersion.ids(), this::accept);
  }

  @Override
  public BlockSession session(List<PeerId> preferred) {
    return new Session(
        new Fetch.Group(preferred.stream().filter(peer -> !peer.equals(host.id())).toList()));
  }

  public BitswapStats stats() {
    return stats;
  }

  @Override
  public void stored(Collection<Cid> cids) {
    server.stored(cids);
  }

  /** Stops serving; fetches end at their limits. */
  @Override
  public void close() {
    BitswapVersion.ids().forEach(host::removeHandler);
    loop.execute(
        () -> {
          isClosed = true;
          List.copyOf(links.values()).forEach(this::remove);
        });
  }

  private final class Session implements BlockSession {
    private final Fetch.Group group;
    private volatile boolean isOver;

    Session(Fetch.Group group) {
      this.group = group;
    }

    @Override
    public CompletionStage<Bytes> fetch(Cid cid, Duration limit) {
      var fetch = new Fetch(cid, limit, group, new CompletableFuture<>());
      loop.execute(
          () -> {
            if (isOver || isClosed) {
              fetch
                  .answer()
                  .completeExceptionally(
                      new DefraException(ErrorCode.UNAVAILABLE, "the session is closed"));
            } else {
              decide(() -> wantList.fetch(fetch));
              startTicking();
            }
          });
      return fetch.answer();
    }

    @Override
    public void close() {
      isOver = true;
      loop.execute(() -> decide(() -> wantList.cancel(group)));
    }
  }

  /** Lets the want list decide, then sends what came of it. */
  private void decide(Runnable decision) {
    decision.run();
    List<BitswapLink> flushed = List.copyOf(changed);
    changed.clear();
    flushed.forEach(BitswapLink::flushWants);
  }

  private void startTicking() {
    if (!isTicking) {
      isTicking = true;
      loop.schedule(TICK, this::tick);
    }
  }

  private void tick() {
    decide(wantList::tick);
    isTicking = !wantList.isIdle();
    if (isTicking) {
      loop.schedule(TICK, this::tick);
    }
  }

  private void send(PeerId peer, Want want) {
    boolean isWorthDialling = want.kind() != Want.Kind.CANCEL && !isClosed;
    BitswapLink link = isWorthDialling ? link(peer) : links.get(peer);
    if (link != null) {
      link.add(want);
      changed.add(link);
    }
  }

  private BitswapLink link(PeerId peer) {
    return links.computeIfAbsent(peer, id -> new BitswapLink(id, host, owner, stats));
  }

  private CompletionStage<Void> answer(PeerId peer, List<BitswapMessage> messages) {
    BitswapLink link = links.get(peer);
    return link == null ? CompletableFuture.completedFuture(null) : link.send(messages);
  }

  private void remove(BitswapLink link) {
    if (links.remove(link.peer(), link)) {
      link.close();
      failures.remove(link.peer());
      server.peerRemoved(link.peer());
      decide(() -> wantList.peerRemoved(link.peer()));
    }
  }

  /** Keeps track of who is connected and speaks the protocol. */
  private final class Connections implements ConnectionListener {
    @Override
    public void connected(Connection connection) {
      if (!isClosed) {
        link(connection.remotePeer()).connections().add(connection);
      }
    }

    @Override
    public void identified(Connection connection, Set<String> protocols) {
      if (BitswapVersion.isSpokenBy(protocols)) {
        decide(() -> wantList.peerAdded(connection.remotePeer()));
      }
    }

    @Override
    public void disconnected(Connection connection) {
      BitswapLink link = links.get(connection.remotePeer());
      if (link != null) {
        link.connections().remove(connection);
        if (link.connections().isEmpty()) {
          remove(link);
        }
      }
    }
  }

  /** What happens on the links' streams. */
  private final class Owner implements BitswapLink.Owner, BitswapReader.Receiver {
    @Override
    public void opened(Stream stream) {
      stream.read(new BitswapReader(stream, this));
    }

    @Override
    public List<Want> wantsOf(PeerId peer) {
      failures.remove(peer);
      return wantList.wantsOf(peer);
    }

    @Override
    public void wantsLost(BitswapLink link) {
      PeerId peer = link.peer();
      if (links.get(peer) != link) {
        return;
      }
      int count = failures.merge(peer, 1, Integer::sum);
      if (link.connections().isEmpty()) {
        remove(link);
      } else if (count > REOPENS_MAX) {
        decide(() -> wantList.peerRemoved(peer));
      } else if (!wantList.wantsOf(peer).isEmpty()) {
        loop.schedule(REOPEN_DELAY.multipliedBy(count), () -> askAgain(link));
      }
    }

    private void askAgain(BitswapLink link) {
      if (links.get(link.peer()) == link) {
        wantList.wantsOf(link.peer()).forEach(link::add);
        link.flushWants();
      }
    }

    @Override
    public void received(Stream stream, BitswapMessage message, Runnable done) {
      loop.execute(
          () -> {
            handle(stream.remotePeer(), message);
            done.run();
          });
    }

    @Override
    public void ended(Stream stream, DefraException reason) {
      loop.execute(
          () -> {
            BitswapLink link = links.get(stream.remotePeer());
            if (link != null) {
              link.lost(stream, reason);
            }
          });
    }
  }

  /** On the connection's loop. */
  private void accept(Stream stream) {
    stream.read(new BitswapReader(stream, owner));
  }

  private void handle(PeerId sender, BitswapMessage message) {
    if (!links.containsKey(sender)) {
      return;
    }
    decide(
        () -> {
          wantList.peerAdded(sender);
          for (Block block : message.blocks()) {
            boolean isAsked = wantList.received(sender, block);
            (isAsked ? stats.received : stats.unasked).increment();
          }
          message.presences().forEach(presence -> wantList.received(sender, presence));
        });
    server.received(sender, message.wants(), message.isFull());
  }
}
