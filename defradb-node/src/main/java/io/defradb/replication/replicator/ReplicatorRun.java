package io.defradb.replication.replicator;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to one peer until it is stopped: older documents, then the log; {@link OwedRun} beside it
 * what failed. One step at a time, on workers; each step's end is stored before the next. A
 * document that fails, or will take long, is owed and holds nobody up; a peer that cannot be
 * reached is tried again later and later.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure is judged where the chain ends
final class ReplicatorRun {
  private static final int OWED_MAX = 10_000;
  private static final Duration LIMIT = Duration.ofSeconds(10);
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
  private final RunJournal journal;
  private final OwedRun owedRun;
  private boolean isStepping;
  private boolean isWoken;
  private boolean isStopped;
  private int unreachable;
  private EventLoop.@Nullable Timer timer;

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
      List<Duration> owedIntervals) {

    /** Runs {@code task}; what it throws, or that there is no worker, goes to {@code failed}. */
    void onWorker(Consumer<RuntimeException> failed, Runnable task) {
      try {
        workers.execute(
            () -> {
              try {
                task.run();
              } catch (RuntimeException failure) {
                failed.accept(failure);
              }
            });
      } catch (RejectedExecutionException full) {
        failed.accept(full);
      }
    }
  }

  ReplicatorRun(PeerId peer, ReplicatorStore store, BatchReader reader, Setting setting) {
    this.peer = peer;
    this.store = store;
    this.reader = reader;
    this.setting = setting;
    this.journal = new RunJournal(peer, store, setting.clock());
    this.owedRun = new OwedRun(peer, store, reader, journal, setting, this::wake);
  }

  @Nullable Instant lastSuccess() {
    return journal.lastSuccess();
  }

  @Nullable String lastFailure() {
    return journal.lastFailure();
  }

  /** Goes on with what is stored; nothing waits any longer. */
  void start() {
    owedRun.connected();
    wake();
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
    begin();
  }

  /** How to push to the peer depends on what it speaks. */
  private void begin() {
    setting
        .target()
        .meet(peer)
        .whenComplete((met, failure) -> setting.onWorker(this::failed, this::step));
  }

  /** The peer is here again: nothing waits any longer. */
  void connected() {
    synchronized (this) {
      cancelTimer();
      unreachable = 0;
    }
    owedRun.connected();
    wake();
  }

  /** What is under way ends and is not noted any more; the rest is not told. */
  synchronized void stop() {
    isStopped = true;
    cancelTimer();
    owedRun.stop();
  }

  /** Not longer than the node's settings say for what is owed. */
  private Duration pause(int failures) {
    List<Duration> intervals = setting.owedIntervals();
    Duration usual = UNREACHABLE.get(Math.min(failures, UNREACHABLE.size() - 1));
    Duration set = intervals.get(Math.min(failures, intervals.size() - 1));
    return usual.compareTo(set) < 0 ? usual : set;
  }

  private synchronized void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void step() {
    ReplicatorState state = store.find(peer).orElse(null);
    boolean isOwedMuch = store.owed(peer).size() >= OWED_MAX;
    Batch batch = state == null || isStopped() || isOwedMuch ? null : reader.next(state);
    if (batch == null) {
      rest();
    } else {
      new Delivery(setting.target(), peer, batch.others(), LIMIT, this::isStopped)
          .start()
          .whenComplete(
              (result, failure) -> setting.onWorker(this::failed, () -> delivered(batch, result)));
    }
  }

  private synchronized boolean isStopped() {
    return isStopped;
  }

  /** What is owed then is only long. */
  private boolean isActive() {
    return store.find(peer).map(ReplicatorState::isActive).orElse(false);
  }

  private void delivered(Batch batch, Delivery.Result result) {
    if (isStopped()) {
      return;
    }
    if (result.isUnreachable()) {
      failed(result.failure());
      return;
    }
    boolean isAll = result.failed().isEmpty();
    boolean isWell = isAll && (store.owed(peer).isEmpty() || isActive());
    Set<String> owed = new HashSet<>(result.failed());
    batch.longOnes().forEach(parcel -> owed.add(parcel.name()));
    journal.pushed(batch.parcels(), batch.progress(), owed, Set.of(), isWell);
    synchronized (this) {
      unreachable = 0;
    }
    if (!isAll) {
      journal.refused(result.failure());
    }
    if (!owed.isEmpty()) {
      owedRun.owe(owed);
    }
    begin();
  }

  /** Nothing could be told: all of it is told again later. */
  private void failed(@Nullable Throwable failure) {
    journal.unreachable(failure);
    synchronized (this) {
      isStepping = false;
      if (!isStopped) {
        Duration delay = pause(unreachable++);
        timer = setting.loop().schedule(delay, this::due);
      }
    }
  }

  private void due() {
    synchronized (this) {
      timer = null;
    }
    wake();
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
