package io.defradb.connect.source.snapshot;

import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that lanes need before they are streamed: one lane after the other on the caller's
 * thread, or as many side by side as {@code snapshot.max.threads} says, each with one batch ahead
 * of whoever takes it. A lane's records stay in order. For one thread; close it.
 */
public final class InitialSnapshots implements AutoCloseable {
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  /**
   * What was read of one lane.
   *
   * @param end where its stream begins; {@code null}: there are more documents
   */
  public record Batch(Lane lane, List<SourceRecord> records, LaneOffset.@Nullable Streaming end) {}

  private final SourceSettings settings;
  private final Consumer<Lane> onBegin;
  private final Deque<LaneSnapshot> waiting = new ArrayDeque<>();
  private final Set<LaneSnapshot> begun = new HashSet<>();
  private final Map<Future<List<SourceRecord>>, LaneSnapshot> running = new LinkedHashMap<>();
  private @Nullable ExecutorService threads;
  private CompletionService<List<SourceRecord>> reading;

  /** {@code onBegin}: told each lane, by the caller's thread, before its first document is read. */
  public InitialSnapshots(SourceSettings settings, Consumer<Lane> onBegin) {
    this.settings = settings;
    this.onBegin = onBegin;
    this.reading = new ExecutorCompletionService<>(Runnable::run);
  }

  public void add(LaneSnapshot snapshot) {
    waiting.add(snapshot);
  }

  /** Nothing is left to be read. */
  public boolean isEmpty() {
    return waiting.isEmpty() && running.isEmpty();
  }

  /** Of those that are not read to their end. */
  public Collection<Lane> lanes() {
    return waiting.stream().map(LaneSnapshot::lane).toList();
  }

  /**
   * The next batch of any lane; {@code null} when none came in time.
   *
   * @throws io.defradb.error.DefraException of category RETRY: call again
   */
  public @Nullable Batch poll() throws InterruptedException {
    readOn();
    Future<List<SourceRecord>> done =
        reading.poll(settings.pollWait().toMillis(), TimeUnit.MILLISECONDS);
    LaneSnapshot snapshot = done == null ? null : running.remove(done);
    if (done == null || snapshot == null) {
      return null;
    }
    try {
      List<SourceRecord> records = done.get();
      if (!snapshot.isEnded()) {
        waiting.addFirst(snapshot);
      } else {
        begun.remove(snapshot);
      }
      return new Batch(snapshot.lane(), records, snapshot.isEnded() ? snapshot.end() : null);
    } catch (ExecutionException e) {
      waiting.addFirst(snapshot);
      takeBackFailed();
      throw cause(e);
    } finally {
      if (isEmpty()) {
        stopThreads();
      }
    }
  }

  private void readOn() {
    int max = settings.start().threads();
    if (max > 1 && threads == null && !waiting.isEmpty()) {
      ExecutorService started = Executors.newFixedThreadPool(max, this::thread);
      threads = started;
      reading = new ExecutorCompletionService<>(started);
    }
    while (running.size() < max && !waiting.isEmpty()) {
      LaneSnapshot next = waiting.remove();
      if (begun.add(next)) {
        onBegin.accept(next.lane());
      }
      running.put(reading.submit(() -> next.poll(settings.batchSize())), next);
    }
  }

  private Thread thread(Runnable work) {
    var thread = new Thread(work, "defradb-snapshot-" + settings.name());
    thread.setDaemon(true);
    return thread;
  }

  /** What fails at the same time, as all do when the node goes away, is one failure. */
  private void takeBackFailed() throws InterruptedException {
    for (Future<List<SourceRecord>> other : List.copyOf(running.keySet())) {
      LaneSnapshot snapshot = running.get(other);
      if (snapshot != null && other.isDone() && isFailed(other)) {
        running.remove(other);
        waiting.addFirst(snapshot);
      }
    }
  }

  private static boolean isFailed(Future<?> done) throws InterruptedException {
    try {
      done.get();
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static RuntimeException cause(ExecutionException e) throws InterruptedException {
    if (e.getCause() instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e);
  }

  private void stopThreads() {
    ExecutorService started = threads;
    threads = null;
    reading = new ExecutorCompletionService<>(Runnable::run);
    if (started == null) {
      return;
    }
    started.shutdownNow();
    try {
      started.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets all of them; others may be added. */
  @Override
  public void close() {
    stopThreads();
    running.values().forEach(LaneSnapshot::close);
    running.clear();
    waiting.forEach(LaneSnapshot::close);
    waiting.clear();
    begun.clear();
  }
}
