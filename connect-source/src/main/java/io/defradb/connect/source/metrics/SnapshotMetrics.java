package io.defradb.connect.source.metrics;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How snapshots go. Written by the task, read by anyone. */
public final class SnapshotMetrics extends BeanBase implements SnapshotMXBean {
  private enum State {
    NONE,
    RUNNING,
    COMPLETED,
    SKIPPED,
    ABORTED
  }

  private final Clock clock;
  private final Map<String, Long> rows = new ConcurrentHashMap<>();
  private volatile State state = State.NONE;
  private volatile boolean isPaused;
  private volatile int lanes;
  private volatile int lanesLeft;
  private volatile long beganAt;
  private volatile long endedAt;
  private long pausedAt;
  private long pausedMillis;
  private volatile String chunkFrom = "";
  private volatile String chunkTo = "";

  SnapshotMetrics(Clock clock, QueueMetrics queue, String[] collections) {
    super(new EventMetrics(clock), queue, collections);
    this.clock = clock;
  }

  /** {@code count} lanes are to be read. */
  public void began(int count) {
    lanes = count;
    lanesLeft = count;
    beganAt = clock.millis();
    endedAt = 0;
    state = State.RUNNING;
  }

  /** One more lane is gone on with. */
  public void resumed() {
    if (state != State.RUNNING) {
      began(0);
    }
    lanes++;
    lanesLeft++;
  }

  public void skipped() {
    state = State.SKIPPED;
  }

  public void laneDone() {
    lanesLeft = Math.max(0, lanesLeft - 1);
    if (lanesLeft == 0) {
      ended(State.COMPLETED);
    }
  }

  public void aborted() {
    ended(State.ABORTED);
  }

  private void ended(State how) {
    endedAt = clock.millis();
    state = how;
    chunkFrom = "";
    chunkTo = "";
  }

  /** Again what it is already changes nothing. */
  public synchronized void paused(boolean isIt) {
    if (isIt && !isPaused) {
      pausedAt = clock.millis();
    }
    if (!isIt) {
      pausedMillis = pausedMillis();
    }
    isPaused = isIt;
  }

  public void read(String collection, String docId) {
    rows.merge(collection, 1L, Long::sum);
    events.seen("r", docId);
  }

  public void batchRead() {
    events.touch();
  }

  public void chunkRead(String lastDocId) {
    chunkFrom = chunkTo;
    chunkTo = lastDocId;
    events.touch();
  }

  /** Of one collection, all shards of the task. */
  public long rows(String collection) {
    return rows.getOrDefault(collection, 0L);
  }

  @Override
  public int getTotalTableCount() {
    return lanes;
  }

  @Override
  public int getRemainingTableCount() {
    return lanesLeft;
  }

  @Override
  public boolean isSnapshotRunning() {
    return state == State.RUNNING;
  }

  @Override
  public boolean isSnapshotPaused() {
    return isPaused;
  }

  @Override
  public boolean isSnapshotAborted() {
    return state == State.ABORTED;
  }

  @Override
  public boolean isSnapshotCompleted() {
    return state == State.COMPLETED;
  }

  @Override
  public boolean isSnapshotSkipped() {
    return state == State.SKIPPED;
  }

  @Override
  public long getSnapshotDurationInSeconds() {
    long end = state == State.RUNNING ? clock.millis() : endedAt;
    return Math.max(0, end - beganAt) / 1000;
  }

  @Override
  public synchronized long getSnapshotPausedDurationInSeconds() {
    return pausedMillis() / 1000;
  }

  private long pausedMillis() {
    return pausedMillis + (isPaused ? Math.max(0, clock.millis() - pausedAt) : 0);
  }

  @Override
  public Map<String, Long> getRowsScanned() {
    return new TreeMap<>(rows);
  }

  @Override
  public String getChunkFrom() {
    return chunkFrom;
  }

  @Override
  public String getChunkTo() {
    return chunkTo;
  }
}
