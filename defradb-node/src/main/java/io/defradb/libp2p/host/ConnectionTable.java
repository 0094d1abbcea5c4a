package io.defradb.libp2p.host;

import io.defradb.libp2p.peer.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections by peer. Changed on the host's loop only, read by every thread. */
final class ConnectionTable {
  private final Map<PeerId, List<HostConnection>> byPeer = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  int count() {
    return count.get();
  }

  void add(HostConnection connection) {
    var longer = new ArrayList<>(of(connection.remotePeer()));
    longer.add(connection);
    byPeer.put(connection.remotePeer(), List.copyOf(longer));
    count.incrementAndGet();
  }

  /** Whether it was there. */
  boolean remove(HostConnection connection) {
    var shorter = new ArrayList<>(of(connection.remotePeer()));
    if (!shorter.remove(connection)) {
      return false;
    }
    if (shorter.isEmpty()) {
      byPeer.remove(connection.remotePeer());
    } else {
      byPeer.put(connection.remotePeer(), List.copyOf(shorter));
    }
    count.decrementAndGet();
    return true;
  }

  /** Oldest first. */
  List<HostConnection> of(PeerId peer) {
    return byPeer.getOrDefault(peer, List.of());
  }

  /** The one for a new stream: with the most streams, the newest of equals. */
  Optional<HostConnection> best(PeerId peer) {
    HostConnection best = null;
    for (HostConnection connection : of(peer)) {
      if (connection.isOpen() && (best == null || connection.streamCount() >= best.streamCount())) {
        best = connection;
      }
    }
    return Optional.ofNullable(best);
  }

  Collection<HostConnection> all() {
    List<HostConnection> all = new ArrayList<>();
    byPeer.values().forEach(all::addAll);
    return all;
  }

  /** Those past {@code graceNanos} that are used least, so many that {@code low} are left. */
  List<HostConnection> surplus(int low, long graceNanos) {
    return all().stream()
        .filter(connection -> connection.ageNanos() > graceNanos)
        .sorted(
            Comparator.comparingInt(HostConnection::streamCount)
                .thenComparing(Comparator.comparingLong(HostConnection::ageNanos).reversed()))
        .limit(Math.max(0, count() - low))
        .toList();
  }
}
