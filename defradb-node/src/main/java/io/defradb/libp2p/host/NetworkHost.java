package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerStore;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host: its transports bring pipes, the upgrader makes them safe, the table keeps the
 * connections. What changes the table, dials and listeners happens on the host's own loop, one
 * thing after the other; streams live on their connection's loop.
 */
public final class NetworkHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  private final PeerId id;
  private final EventLoop loop;
  private final List<Transport> transports;
  private final Upgrader upgrader;
  private final HostSettings settings;
  private final PeerStore peers = new PeerStore();
  private final HandlerTable handlers = new HandlerTable();
  private final ConnectionTable table = new ConnectionTable();
  private final InboundGate gate;
  private final DialBackoff backoff = new DialBackoff();
  private final Map<PeerId, CompletableFuture<Connection>> dials = new LinkedHashMap<>();
  private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Transport.Listener> bound = new CopyOnWriteArrayList<>();
  private volatile @Nullable PeerRouting routing;
  private volatile boolean isClosed;

  /** {@code securities}: best first. */
  public NetworkHost(
      PeerId id,
      EventLoop loop,
      List<Transport> transports,
      List<Security> securities,
      Muxer.Factory muxer,
      HostSettings settings) {
    this.id = id;
    this.loop = loop;
    this.transports = List.copyOf(transports);
    this.upgrader = new Upgrader(id, securities, muxer, settings.handshakeLimit());
    this.settings = settings;
    this.gate = new InboundGate(settings);
  }

  /**
   * Listens. Waits until all addresses are bound. Throws {@code ADDRESS_IN_USE}, {@code
   * INVALID_ARGUMENT} for an address that no transport serves; what was bound stays bound.
   */
  public void bind(List<Multiaddr> addresses) {
    for (Multiaddr address : addresses) {
      bound.add(transport(address).listen(address, this::accept));
    }
  }

  /** Asks {@code finder} from now on where a peer is that {@link #open} cannot reach. */
  public void route(PeerRouting finder) {
    routing = finder;
  }

  @Override
  public PeerId id() {
    return id;
  }

  @Override
  public List<Multiaddr> addresses() {
    return ListenAddresses.resolve(bound.stream().map(Transport.Listener::address).toList());
  }

  @Override
  public PeerStore peers() {
    return peers;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void handle(List<String> protocols, StreamHandler handler) {
    handlers.put(protocols, handler);
  }

  @Override
  public void removeHandler(String protocol) {
    handlers.remove(protocol);
  }

  /** What the host speaks, sorted: what identify tells. */
  public SortedSet<String> protocols() {
    return handlers.protocols();
  }

  /** {@code listener} runs, in any thread, when {@link #protocols} has changed. */
  public void onProtocolsChanged(Runnable listener) {
    handlers.onChange(listener);
  }

  /** What identify learned; the listeners hear of it. {@code connection}: one of this host's. */
  public void identified(Connection connection, Set<String> protocols) {
    peers.setProtocols(connection.remotePeer(), protocols);
    ((HostConnection) connection).identified(protocols);
    loop.execute(
        () -> {
          if (table.of(connection.remotePeer()).contains(connection)) {
            tell(listener -> listener.identified(connection, Set.copyOf(protocols)));
          }
        });
  }

  @Override
  public void listen(ConnectionListener listener) {
    listeners.add(listener);
  }

  @Override
  public Collection<Connection> connections() {
    return List.copyOf(table.all());
  }

  @Override
  public void disconnect(PeerId peer) {
    table.of(peer).forEach(Connection::close);
  }

  // Outbound.

  @Override
  public CompletionStage<Connection> connect(PeerAddresses target) {
    var connected = new CompletableFuture<Connection>();
    loop.execute(
        () -> {
          try {
            connectInside(target, connected);
          } catch (DefraException refused) {
            connected.completeExceptionally(refused);
          }
        });
    return connected;
  }

  @Override
  public CompletionStage<Connection> connect(Multiaddr address) {
    var connected = new CompletableFuture<Connection>();
    loop.execute(
        () -> {
          Optional<HostConnection> open =
              table.all().stream().filter(any -> any.remoteAddress().equals(address)).findFirst();
          if (open.isPresent()) {
            connected.complete(open.get());
          } else if (isClosed) {
            connected.completeExceptionally(
                new DefraException(ErrorCode.PEER_UNREACHABLE, "the host is closed"));
          } else {
            dialAnybody(address, connected);
          }
        });
    return connected;
  }

  private void dialAnybody(Multiaddr address, CompletableFuture<Connection> connected) {
    try {
      dialAddress(null, address, settings.dialPublicLimit())
          .whenComplete(
              (connection, failure) -> {
                if (failure == null) {
                  peers.add(new PeerAddresses(connection.remotePeer(), List.of(address)));
                  connected.complete(connection);
                } else {
                  connected.completeExceptionally(Failures.unwrap(failure));
                }
              });
    } catch (DefraException noTransport) {
      connected.completeExceptionally(noTransport);
    }
  }

  private void connectInside(PeerAddresses target, CompletableFuture<Connection> connected) {
    if (target.id().equals(id)) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "dial to self attempted");
    }
    if (isClosed) {
      throw new DefraException(ErrorCode.PEER_UNREACHABLE, "the host is closed");
    }
    peers.add(target);
    var open = table.best(target.id());
    if (open.isPresent()) {
      connected.complete(open.get());
      return;
    }
    CompletableFuture<Connection> dial = dials.get(target.id());
    if (dial == null) {
      dial = dial(target);
    }
    CompletionStage<Connection> running = dial;
    running.whenComplete(
        (connection, failure) -> {
          if (failure != null) {
            connected.completeExceptionally(Failures.unwrap(failure));
          } else {
            connected.complete(connection);
          }
        });
  }

  /** Addresses that were asked for are tried in any case, those known from before when due. */
  private CompletableFuture<Connection> dial(PeerAddresses target) {
    if (dials.size() >= settings.dialsMax()) {
      throw new DefraException(ErrorCode.BUSY, "too many peers are being dialled");
    }
    PeerId peer = target.id();
    var addresses = new LinkedHashSet<>(target.addresses());
    for (Multiaddr known : peers.addresses(peer)) {
      if (backoff.isDue(known, loop.nanoTime())) {
        addresses.add(known);
      }
    }
    addresses.removeIf(address -> transports.stream().noneMatch(each -> each.serves(address)));
    var dial =
        new PeerDial(
            peer,
            List.copyOf(addresses),
            loop,
            settings,
            backoff,
            (address, limit) -> dialAddress(peer, address, limit));
    CompletableFuture<Connection> result = dial.start();
    if (!result.isDone()) {
      dials.put(peer, result);
      var unused = result.whenComplete((connection, failure) -> dials.remove(peer));
    }
    return result;
  }

  /** {@code peer}: who must be there; {@code null}: whoever is. */
  private CompletionStage<HostConnection> dialAddress(
      @Nullable PeerId peer, Multiaddr address, Duration limit) {
    return transport(address)
        .dial(address, limit)
        .thenCompose(pipe -> upgrader.upgrade(pipe, true, peer))
        .thenCompose(upgraded -> admit(upgraded, true));
  }

  @Override
  public CompletionStage<Stream> open(PeerId peer, List<String> protocols) {
    var open = table.best(peer);
    if (open.isPresent()) {
      return open.get().open(protocols);
    }
    return reach(peer).thenCompose(connection -> connection.open(protocols));
  }

  /** At the addresses that are known, else where others say that the peer is. */
  private CompletionStage<Connection> reach(PeerId peer) {
    CompletionStage<Connection> known = connect(new PeerAddresses(peer, List.of()));
    PeerRouting finder = routing;
    if (finder == null) {
      return known;
    }
    return known
        .handle(
            (connection, failure) ->
                connection == null
                    ? elsewhere(peer, Failures.unwrap(failure), finder)
                    : CompletableFuture.completedStage(connection))
        .thenCompose(stage -> stage);
  }

  /** What failed at the known addresses is not tried there again. */
  private CompletionStage<Connection> elsewhere(
      PeerId peer, DefraException failure, PeerRouting finder) {
    if (failure.code() != ErrorCode.PEER_UNREACHABLE) {
      return CompletableFuture.failedStage(failure);
    }
    List<Multiaddr> tried = peers.addresses(peer);
    return finder
        .find(peer)
        .thenCompose(
            found ->
                tried.containsAll(found.addresses())
                    ? CompletableFuture.failedStage(failure)
                    : connect(found));
  }

  private Transport transport(Multiaddr address) {
    return transports.stream()
        .filter(transport -> transport.serves(address))
        .findFirst()
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.INVALID_ARGUMENT, "no transport for address", "Address", address));
  }

  // Inbound.

  private void accept(Pipe pipe) {
    boolean hasRoom = !isClosed && table.count() < settings.connectionsMax();
    if (!hasRoom || !gate.enter(pipe.loop().nanoTime())) {
      pipe.close();
      return;
    }
    upgrader
        .upgrade(pipe, false, null)
        .whenComplete((upgraded, failure) -> gate.leave())
        .thenCompose(upgraded -> admit(upgraded, false))
        .whenComplete(
            (connection, failure) -> {
              if (failure != null) {
                LOG.atDebug()
                    .addKeyValue("Address", pipe.remoteAddress())
                    .addKeyValue("Error", Failures.unwrap(failure).getMessage())
                    .log("Refused a connection");
              }
            });
  }

  /**
   * Takes the connection into the table and tells the listeners; then its muxer starts, so that
   * nobody sees a stream of a connection that is not known yet.
   */
  private CompletionStage<HostConnection> admit(Upgrader.Upgraded upgraded, boolean isOutbound) {
    var connection =
        new HostConnection(
            upgraded, isOutbound, handlers, settings, closed -> loop.execute(() -> remove(closed)));
    var admitted = new CompletableFuture<HostConnection>();
    loop.execute(
        () -> {
          int ofPeer = table.of(connection.remotePeer()).size();
          boolean isTooMany =
              table.count() >= settings.connectionsMax()
                  || ofPeer >= settings.connectionsOfPeerMax();
          if (isClosed || (isTooMany && !isOutbound)) {
            upgraded.pipe().loop().run(upgraded.pipe()::close);
            admitted.completeExceptionally(
                new DefraException(ErrorCode.BUSY, "too many connections"));
            return;
          }
          table.add(connection);
          tell(listener -> listener.connected(connection));
          connection.loop().execute(connection::start);
          admitted.complete(connection);
          trim();
        });
    return admitted;
  }

  private void remove(HostConnection connection) {
    if (table.remove(connection)) {
      tell(listener -> listener.disconnected(connection));
    }
  }

  private void trim() {
    if (table.count() > settings.connectionsHigh()) {
      table
          .surplus(settings.connectionsLow(), settings.trimGrace().toNanos())
          .forEach(HostConnection::close);
    }
  }

  private void tell(Consumer<ConnectionListener> news) {
    for (ConnectionListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException fault) {
        LOG.atError().setCause(fault).log("A listener for connections failed");
      }
    }
  }

  @Override
  public void close() {
    isClosed = true;
    bound.forEach(Transport.Listener::close);
    loop.execute(() -> new ArrayList<>(table.all()).forEach(Connection::close));
  }
}
