package io.defradb.replication.replicator;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to one peer what failed before, as it is now, beside what is new. It is patient: a long
 * history may take a peer minutes, because some fetch it commit by commit and give up on the way;
 * they keep what they got, so that the next attempt gets further. Long histories are told here from
 * the start. A round that took longer than the interval after it is followed by the next almost at
 * once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure is judged where the chain ends
final class OwedRun {
  private static final int PER_ROUND = 256;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final PeerId peer;
  private final ReplicatorStore store;
  private final BatchReader reader;
  private final RunJournal journal;
  private final ReplicatorRun.Setting setting;
  private final Runnable onPaid;
  private final Set<String> failedMeanwhile = new HashSet<>();
  private boolean isPaying;
  private boolean isStopped;
  private int rounds;
  private EventLoop.@Nullable Timer timer;

  /** {@code onPaid}: run when something was paid. */
  OwedRun(
      PeerId peer,
      ReplicatorStore store,
      BatchReader reader,
      RunJournal journal,
      ReplicatorRun.Setting setting,
      Runnable onPaid) {
    this.peer = peer;
    this.store = store;
    this.reader = reader;
    this.journal = journal;
    this.setting = setting;
    this.onPaid = onPaid;
  }

  /** Pays what is due; harmless when nothing is, or when it is being paid. */
  void wake() {
    synchronized (this) {
      if (isPaying || isStopped || timer != null) {
        return;
      }
      isPaying = true;
    }
    begin();
  }

  private void begin() {
    setting
        .target()
        .meet(peer)
        .whenComplete((met, failure) -> setting.onWorker(this::failed, this::pay));
  }

  /** The peer is here again: nothing waits any longer. */
  void connected() {
    synchronized (this) {
      cancelTimer();
      rounds = 0;
    }
    wake();
  }

  /** These have failed just now, whatever comes of an attempt that is under way. */
  void owe(Set<String> names) {
    synchronized (this) {
      failedMeanwhile.addAll(names);
      if (isPaying) {
        return;
      }
      if (timer == null) {
        await(SHORTEST);
      }
    }
  }

  synchronized void stop() {
    isStopped = true;
    cancelTimer();
  }

  private synchronized boolean isStopped() {
    return isStopped;
  }

  private synchronized void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void pay() {
    Set<String> owed = store.owed(peer);
    if (owed.isEmpty()) {
      end();
      return;
    }
    List<String> some = owed.stream().limit(PER_ROUND).toList();
    synchronized (this) {
      failedMeanwhile.clear();
    }
    Instant begun = setting.clock().instant();
    List<Parcel> parcels = reader.owed(some);
    new Delivery(setting.target(), peer, parcels, PATIENCE, this::isStopped)
        .start()
        .whenComplete(
            (result, failure) ->
                setting.onWorker(
                    this::failed,
                    () -> paid(some, parcels, result, begun, owed.size() == some.size())));
  }

  private void paid(
      List<String> tried,
      List<Parcel> parcels,
      Delivery.Result result,
      Instant begun,
      boolean areAllTried) {
    if (isStopped()) {
      return;
    }
    if (result.isUnreachable()) {
      journal.unreachable(result.failure());
      awaitNext(begun);
      return;
    }
    Set<String> paid = new HashSet<>(tried);
    paid.removeAll(result.failed());
    synchronized (this) {
      paid.removeAll(failedMeanwhile);
    }
    reader.told(parcels);
    boolean isAll = areAllTried && paid.size() == tried.size();
    journal.pushed(parcels, state -> state, Set.of(), paid, isAll);
    if (!paid.isEmpty()) {
      onPaid.run();
    }
    if (!result.failed().isEmpty()) {
      journal.refused(result.failure());
      awaitNext(begun);
      return;
    }
    synchronized (this) {
      rounds = 0;
      if (paid.size() < tried.size()) { // there is more of them meanwhile
        isPaying = false;
        await(SHORTEST);
        return;
      }
    }
    begin();
  }

  private void end() {
    synchronized (this) {
      isPaying = false;
      if (!failedMeanwhile.isEmpty() && !isStopped && timer == null) {
        await(SHORTEST);
      }
      failedMeanwhile.clear();
    }
  }

  private synchronized void awaitNext(Instant begun) {
    List<Duration> intervals = setting.owedIntervals();
    Duration interval =
        rounds == 0 ? SHORTEST : intervals.get(Math.min(rounds - 1, intervals.size() - 1));
    rounds++;
    isPaying = false;
    Duration left = interval.minus(Duration.between(begun, setting.clock().instant()));
    await(left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
  }

  private synchronized void await(Duration delay) {
    if (!isStopped) {
      cancelTimer();
      timer = setting.loop().schedule(delay, this::due);
    }
  }

  private void due() {
    synchronized (this) {
      timer = null;
    }
    wake();
  }

  private void failed(RuntimeException failure) {
    journal.unreachable(failure);
    awaitNext(setting.clock().instant());
  }
}
