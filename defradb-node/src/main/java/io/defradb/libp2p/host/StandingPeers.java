package io.defradb.libp2p.host;

import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Peers that an operator named: dialled at the start, and again when they are lost, as far as
 * needed to have {@value #CONNECTED_WANTED} of them (network specification, 11; the reference dials
 * them once). A peer that does not answer is tried later and later. On the host's loop.
 */
public final class StandingPeers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int CONNECTED_WANTED = 4;
  private static final Duration LASTING = Duration.ofSeconds(10);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private final Host host;
  private final Map<PeerId, Standing> peers = new LinkedHashMap<>();
  private final Set<PeerId> awaited;
  private final CompletableFuture<Void> met = new CompletableFuture<>();
  private boolean isClosed;

  /** One of them. */
  private static final class Standing {
    private final PeerAddresses at;
    private int failures;
    private boolean isConnected;
    private long sinceNanos;
    private boolean isDialling;
    private EventLoop.@Nullable Timer timer;

    Standing(PeerAddresses at) {
      this.at = at;
    }
  }

  private StandingPeers(Host host, List<PeerAddresses> named) {
    this.host = host;
    for (PeerAddresses peer : named) {
      if (!peer.id().equals(host.id())) {
        peers.put(peer.id(), new Standing(peer));
      }
    }
    this.awaited = new HashSet<>(peers.keySet());
  }

  /** Begins to dial; does not wait. */
  public static StandingPeers keep(Host host, List<PeerAddresses> peers) {
    var standing = new StandingPeers(host, peers);
    host.listen(standing.new Connections());
    if (standing.peers.isEmpty()) {
      standing.met.complete(null);
    }
    host.loop().execute(standing::dialMissing);
    return standing;
  }

  /** Completes when each of them was met or could not be, for the first time. Never fails. */
  public CompletionStage<Void> met() {
    return met;
  }

  private void noteMet(PeerId peer) {
    awaited.remove(peer);
    if (awaited.isEmpty()) {
      met.complete(null);
    }
  }

  private final class Connections implements ConnectionListener {
    @Override
    public void connected(Connection connection) {
      Standing peer = peers.get(connection.remotePeer());
      if (peer != null) {
        began(peer);
      }
    }

    @Override
    public void identified(Connection connection, Set<String> protocols) {
      noteMet(connection.remotePeer());
    }

    @Override
    public void disconnected(Connection connection) {
      PeerId id = connection.remotePeer();
      Standing peer = peers.get(id);
      if (peer != null && !isOpen(id)) {
        ended(peer);
        dialMissing(); // others may take its place
      }
    }
  }

  private boolean isOpen(PeerId peer) {
    return host.connections().stream().anyMatch(it -> it.remotePeer().equals(peer));
  }

  private void began(Standing peer) {
    if (!peer.isConnected) {
      peer.isConnected = true;
      peer.sinceNanos = host.loop().nanoTime();
    }
  }

  /** A peer that closes at once, because it is full say, counts as one that does not answer. */
  private void ended(Standing peer) {
    boolean hasLasted = host.loop().nanoTime() - peer.sinceNanos >= LASTING.toNanos();
    peer.isConnected = false;
    peer.failures = hasLasted ? 0 : peer.failures + 1;
    later(peer);
  }

  private void dialMissing() {
    long connected = peers.values().stream().filter(peer -> peer.isConnected).count();
    if (connected < CONNECTED_WANTED) {
      peers.values().forEach(this::dial);
    }
  }

  private void dial(Standing peer) {
    if (isClosed || peer.isConnected || peer.isDialling || peer.timer != null) {
      return;
    }
    peer.isDialling = true;
    host.connect(peer.at)
        .whenComplete((connection, failure) -> host.loop().execute(() -> dialled(peer, failure)));
  }

  private void dialled(Standing peer, @Nullable Throwable failure) {
    peer.isDialling = false;
    if (failure == null) {
      if (isOpen(peer.at.id())) {
        began(peer); // it may have been here before
      }
      LOG.atInfo().addKeyValue("PeerID", peer.at.id()).log("Connected to peer");
      return;
    }
    if (peer.failures == 0) { // not again each time
      LOG.atWarn()
          .addKeyValue("PeerID", peer.at.id())
          .addKeyValue("Error", Failures.unwrap(failure).getMessage())
          .log("Cannot connect to peer");
    }
    noteMet(peer.at.id());
    peer.failures++;
    later(peer);
  }

  private void later(Standing peer) {
    if (!isClosed && peer.timer == null) {
      Duration pause = PAUSES.get(Math.min(peer.failures, PAUSES.size() - 1));
      peer.timer =
          host.loop()
              .schedule(
                  pause,
                  () -> {
                    peer.timer = null;
                    dialMissing();
                  });
    }
  }

  @Override
  public void close() {
    host.loop()
        .execute(
            () -> {
              isClosed = true;
              for (Standing peer : peers.values()) {
                if (peer.timer != null) {
                  peer.timer.cancel();
                }
              }
            });
  }
}
