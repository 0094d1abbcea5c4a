package io.defradb.libp2p.host;

import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerStore;
import io.defradb.libp2p.transport.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A node among nodes: it has a name and addresses, dials and is dialled, and opens streams that
 * speak a protocol. Safe for use by many threads; nothing here blocks. Stages complete on an event
 * loop, so what follows them must not block either; failures are {@code DefraException}s.
 */
public interface Host extends AutoCloseable {
  PeerId id();

  /** Where it listens, wildcard addresses resolved, without {@code /p2p}. */
  List<Multiaddr> addresses();

  /** What is known about other peers. */
  PeerStore peers();

  /**
   * The host's own loop, on which {@link ConnectionListener}s are called: the place for a
   * protocol's state that spans connections, and for its timers.
   */
  EventLoop loop();

  /**
   * Serves streams that ask for one of {@code protocols}. Peers that are connected are told of the
   * change; register before the host listens where that matters.
   */
  void handle(List<String> protocols, StreamHandler handler);

  void removeHandler(String protocol);

  /**
   * A connection to the peer, an open one when there is one, else dialled at the given addresses
   * and those of {@link #peers()}. Two calls at once dial once. Fails with {@code
   * PEER_UNREACHABLE}; {@code INVALID_ARGUMENT} for the host itself.
   */
  CompletionStage<Connection> connect(PeerAddresses target);

  /**
   * A connection to whoever is at the address, an open one when there is one. Fails with {@code
   * PEER_UNREACHABLE}; {@code INVALID_ARGUMENT} for the host itself and an address of no transport.
   */
  CompletionStage<Connection> connect(Multiaddr address);

  /**
   * A stream to the peer, over an open connection or a new one, in the first of {@code protocols}
   * that it speaks. A peer that is at no known address is looked for by the host's routing. Fails
   * with {@code PEER_UNREACHABLE}, {@code PROTOCOL_NOT_SPOKEN}, {@code PEER_TIMEOUT}.
   */
  CompletionStage<Stream> open(PeerId peer, List<String> protocols);

  void listen(ConnectionListener listener);

  /** The open connections; a snapshot. A peer may have more than one. */
  Collection<Connection> connections();

  /** Closes every connection to the peer. */
  void disconnect(PeerId peer);

  /** Closes all connections and stops listening. Waits for neither. Harmless when repeated. */
  @Override
  void close();
}
