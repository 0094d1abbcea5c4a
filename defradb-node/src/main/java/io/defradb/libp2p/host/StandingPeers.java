package io.defradb.libp2p.host;

import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Peers that an operator named: dialled at the start, and again at intervals while fewer peers than
 * wanted are connected (network specification, 11; the reference dials them once).
 */
public final class StandingPeers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int CONNECTED_WANTED = 4;
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Host host;
  private final List<PeerAddresses> peers;
  private EventLoop.@Nullable Timer timer;
  private boolean isClosed;

  private StandingPeers(Host host, List<PeerAddresses> peers) {
    this.host = host;
    this.peers = List.copyOf(peers);
  }

  /** Begins to dial; does not wait. */
  public static StandingPeers keep(Host host, List<PeerAddresses> peers) {
    var standing = new StandingPeers(host, peers);
    if (!peers.isEmpty()) {
      host.loop().execute(standing::dial);
    }
    return standing;
  }

  private void dial() {
    if (isClosed) {
      return;
    }
    var connected =
        host.connections().stream().map(Connection::remotePeer).collect(Collectors.toSet());
    if (connected.size() < CONNECTED_WANTED) {
      peers.stream()
          .filter(peer -> !connected.contains(peer.id()) && !peer.id().equals(host.id()))
          .forEach(this::dial);
    }
    timer = host.loop().schedule(INTERVAL, this::dial);
  }

  private void dial(PeerAddresses peer) {
    PeerId id = peer.id();
    host.connect(peer)
        .whenComplete(
            (connection, failure) -> {
              if (failure != null) {
                LOG.atWarn()
                    .addKeyValue("PeerID", id)
                    .addKeyValue("Error", Failures.unwrap(failure).getMessage())
                    .log("Cannot connect to peer");
              } else {
                LOG.atInfo().addKeyValue("PeerID", id).log("Connected to peer");
              }
            });
  }

  @Override
  public void close() {
    host.loop()
        .execute(
            () -> {
              isClosed = true;
              if (timer != null) {
                timer.cancel();
              }
            });
  }
}
