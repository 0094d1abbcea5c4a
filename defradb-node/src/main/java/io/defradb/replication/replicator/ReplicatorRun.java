package io.defradb.replication.replicator;

import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes to one peer until it is stopped: older documents, then the log, and between them what is
 * owed. One step at a time, on workers; each step's end is stored before the next. A document that
 * fails is owed and holds nobody up; a peer that cannot be reached is tried again later and later.
 */
final class ReplicatorRun {
  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int OWED_MAX = 10_000;
  private static final int OWED_PER_STEP = 256;
  private static final Duration FIRST_AGAIN = Duration.ofSeconds(1);
  private static final List<Duration> UNREACHABLE =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private final PeerId peer;
  private final ReplicatorStore store;
  private final BatchReader reader;
  private final Setting setting;
  private boolean isStepping;
  private boolean isWoken;
  private boolean isStopped;
  private int unreachable;
  private int owedRounds;
  private boolean isOwedDue = true;
  private EventLoop.@Nullable Timer timer;
  private EventLoop.@Nullable Timer owedTimer;
  private @Nullable Instant lastSuccess;
  private @Nullable String lastFailure;

  /**
   * What all runs share.
   *
   * @param owedIntervals after which owed documents are tried again; the last one repeats
   */
  record Setting(
      PushTarget target,
      Executor workers,
      EventLoop loop,
      InstantSource clock,
      List<Duration> owedIntervals) {}

  ReplicatorRun(PeerId peer, ReplicatorStore store, BatchReader reader, Setting setting) {
    this.peer = peer;
    this.store = store;
    this.reader = reader;
    this.setting = setting;
  }

  synchronized @Nullable Instant lastSuccess() {
    return lastSuccess;
  }

  synchronized @Nullable String lastFailure() {
    return lastFailure;
  }

  /** There may be something to push. From any thread. */
  void wake() {
    synchronized (this) {
      isWoken = true;
      if (isStepping || isStopped || timer != null) {
        return;
      }
      isStepping = true;
      isWoken = false;
    }
    setting.workers().execute(this::step);
  }

  /** The peer is here again: nothing waits any longer. */
  void connected() {
    synchronized (this) {
      cancelTimer();
      unreachable = 0;
      isOwedDue = true;
    }
    wake();
  }

  /** A push that is under way ends, and is not noted any more. */
  synchronized void stop() {
    isStopped = true;
    cancelTimer();
    if (owedTimer != null) {
      owedTimer.cancel();
      owedTimer = null;
    }
  }

  private synchronized void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void step() {
    try {
      ReplicatorState state = store.find(peer).orElse(null);
      if (state == null || isStopped()) {
        rest();
        return;
      }
      Set<String> owed = store.owed(peer);
      boolean isPaying;
      synchronized (this) {
        isPaying = isOwedDue && !owed.isEmpty();
      }
      if (isPaying) {
        pay(owed);
        return;
      }
      Batch batch = owed.size() >= OWED_MAX ? null : reader.next(state);
      if (batch == null) {
        rest();
      } else {
        deliver(batch);
      }
    } catch (RuntimeException failure) {
      failed(failure);
    }
  }

  private synchronized boolean isStopped() {
    return isStopped;
  }

  private void deliver(Batch batch) {
    new Delivery(setting.target(), peer, batch.parcels())
        .start()
        .whenComplete(
            (result, failure) ->
                setting.workers().execute(guarded(() -> delivered(batch, result))));
  }

  private void delivered(Batch batch, Delivery.Result result) {
    if (result.isUnreachable()) {
      failed(result.failure());
      return;
    }
    boolean isAll = result.failure() == null;
    boolean isNothingOwed = isAll && store.owed(peer).isEmpty();
    note(batch.progress(), result.failed(), Set.of(), isNothingOwed, batch.parcels());
    if (!isAll) {
      awaitOwed(result.failure());
    }
    again();
  }

  /** Owed documents as they are now; what fails stays owed. */
  private void pay(Set<String> owed) {
    List<String> some = owed.stream().limit(OWED_PER_STEP).toList();
    List<Parcel> parcels = reader.owed(some);
    new Delivery(setting.target(), peer, parcels)
        .start()
        .whenComplete(
            (result, failure) ->
                setting.workers().execute(guarded(() -> paid(some, parcels, result, owed.size()))));
  }

  private void paid(List<String> tried, List<Parcel> parcels, Delivery.Result result, int owed) {
    if (result.isUnreachable()) {
      failed(result.failure());
      return;
    }
    Set<String> paid = new HashSet<>(tried);
    paid.removeAll(result.failed());
    boolean isAll = paid.size() == owed;
    note(state -> state, Set.of(), paid, isAll, parcels);
    if (!result.failed().isEmpty()) {
      awaitOwed(result.failure());
    } else if (isAll) {
      synchronized (this) {
        owedRounds = 0;
      }
    }
    again();
  }

  private void note(
      UnaryOperator<ReplicatorState> progress,
      Collection<String> owed,
      Collection<String> paid,
      boolean isAll,
      List<Parcel> parcels) {
    Instant now = setting.clock().instant();
    store.change(
        peer,
        state ->
            state == null
                ? null // removed meanwhile
                : progress
                    .apply(state)
                    .withActive(parcels.isEmpty() ? state.isActive() : isAll, now),
        owed,
        paid);
    synchronized (this) {
      unreachable = 0;
      if (!parcels.isEmpty() && owed.size() < parcels.size()) {
        lastSuccess = now;
      }
      if (isAll) {
        lastFailure = null;
      }
    }
  }

  private void awaitOwed(@Nullable Throwable failure) {
    synchronized (this) {
      lastFailure = text(failure);
      isOwedDue = false;
      List<Duration> intervals = setting.owedIntervals();
      Duration delay =
          owedRounds == 0
              ? FIRST_AGAIN
              : intervals.get(Math.min(owedRounds - 1, intervals.size() - 1));
      owedRounds++;
      if (owedTimer == null && !isStopped) {
        owedTimer = setting.loop().schedule(delay, this::owedDue);
      }
    }
  }

  private void owedDue() {
    synchronized (this) {
      owedTimer = null;
      isOwedDue = true;
    }
    wake();
  }

  /** Nothing could be told: all of it is told again later. */
  private void failed(@Nullable Throwable failure) {
    setInactive();
    synchronized (this) {
      lastFailure = text(failure);
      isStepping = false;
      if (!isStopped) {
        Duration delay = UNREACHABLE.get(Math.min(unreachable++, UNREACHABLE.size() - 1));
        timer =
            setting
                .loop()
                .schedule(
                    delay,
                    () -> {
                      synchronized (this) {
                        timer = null;
                      }
                      wake();
                    });
      }
    }
  }

  private void setInactive() {
    Instant now = setting.clock().instant();
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

  private static String text(@Nullable Throwable failure) {
    String text = failure == null ? null : failure.getMessage();
    return text == null ? "unknown" : text;
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException failure) {
        failed(failure);
      }
    };
  }

  private void again() {
    setting.workers().execute(this::step);
  }

  private void rest() {
    boolean isMore;
    synchronized (this) {
      isStepping = false;
      isMore = isWoken && !isStopped;
    }
    if (isMore) {
      wake();
    }
  }
}
