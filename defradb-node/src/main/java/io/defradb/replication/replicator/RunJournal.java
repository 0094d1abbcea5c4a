package io.defradb.replication.replicator;

import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a replicator's pushes came to: stored, and told to users. Safe for use by many threads. */
final class RunJournal {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  private final PeerId peer;
  private final ReplicatorStore store;
  private final InstantSource clock;
  private @Nullable Instant lastSuccess;
  private @Nullable String lastFailure;

  RunJournal(PeerId peer, ReplicatorStore store, InstantSource clock) {
    this.peer = peer;
    this.store = store;
    this.clock = clock;
  }

  synchronized @Nullable Instant lastSuccess() {
    return lastSuccess;
  }

  synchronized @Nullable String lastFailure() {
    return lastFailure;
  }

  /**
   * Parcels were pushed.
   *
   * @param progress of the state, when the replicator is still there
   * @param failed parcels that are owed from now on, or still
   * @param paid parcels that are owed no longer
   * @param isAll nothing is owed any more
   */
  void pushed(
      List<Parcel> parcels,
      UnaryOperator<ReplicatorState> progress,
      Collection<String> failed,
      Set<String> paid,
      boolean isAll) {
    Instant now = clock.instant();
    store.change(
        peer,
        state ->
            state == null
                ? null // removed meanwhile
                : progress
                    .apply(state)
                    .withActive(parcels.isEmpty() ? state.isActive() : isAll, now),
        failed,
        paid);
    synchronized (this) {
      if (!parcels.isEmpty() && failed.size() < parcels.size()) {
        lastSuccess = now;
      }
      if (isAll) {
        lastFailure = null;
      }
    }
  }

  /** The peer said no, or nothing. */
  synchronized void refused(@Nullable Throwable failure) {
    String text = failure == null ? null : failure.getMessage();
    lastFailure = text == null ? "unknown" : text;
  }

  /** Nothing could be told. */
  void unreachable(@Nullable Throwable failure) {
    refused(failure);
    Instant now = clock.instant();
    try {
      if (store.find(peer).map(ReplicatorState::isActive).orElse(false)) {
        store.change(peer, state -> state == null ? null : state.withActive(false, now));
      }
    } catch (DefraException unavailable) {
      LOG.atWarn()
          .addKeyValue("Peer", peer)
          .addKeyValue("Error", unavailable.getMessage())
          .log("The state of a replicator was not noted");
    }
  }
}
