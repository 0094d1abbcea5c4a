package io.defradb.connect.source.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How the stream goes. Written by the task and the threads that read for it, read by anyone. */
public final class StreamingMetrics extends BeanBase implements StreamingMXBean {
  private final LongAdder transactions = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder disconnects = new LongAdder();
  private final Map<String, Long> behind = new ConcurrentHashMap<>();
  private final Map<String, String> positions = new ConcurrentHashMap<>();
  private volatile boolean isConnected;
  private volatile long millisBehind = -1;
  private volatile String lastTransaction = "";

  StreamingMetrics(Clock clock, QueueMetrics queue, String[] collections) {
    super(new EventMetrics(clock), queue, collections);
  }

  public void event(String op, String docId) {
    events.seen(op, docId);
  }

  public void filtered() {
    events.skipped();
  }

  public void failed() {
    events.failed();
  }

  public void conflict() {
    conflicts.increment();
  }

  public void transaction(String id, @Nullable Instant time) {
    transactions.increment();
    lastTransaction = id;
    events.touch();
    if (time != null) {
      millisBehind = events.millisBehind(time);
    }
  }

  /** One reader has read up to {@code seq} of a log that goes up to {@code newestSeq}. */
  public void reached(String lane, String feedId, long seq, long newestSeq) {
    positions.put(lane, feedId + ":" + seq);
    behind.put(lane, Math.max(0, newestSeq - seq));
  }

  public void connected() {
    isConnected = true;
  }

  public void disconnected() {
    if (isConnected) {
      disconnects.increment();
    }
    isConnected = false;
  }

  @Override
  public boolean isConnected() {
    return isConnected;
  }

  @Override
  public long getNumberOfDisconnects() {
    return disconnects.sum();
  }

  @Override
  public long getMilliSecondsBehindSource() {
    return millisBehind;
  }

  @Override
  public long getSeqBehindSource() {
    return behind.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public long getNumberOfCommittedTransactions() {
    return transactions.sum();
  }

  @Override
  public String getLastTransactionId() {
    return lastTransaction;
  }

  @Override
  public Map<String, String> getSourceEventPosition() {
    return new TreeMap<>(positions);
  }

  @Override
  public long getNumberOfConflicts() {
    return conflicts.sum();
  }
}
