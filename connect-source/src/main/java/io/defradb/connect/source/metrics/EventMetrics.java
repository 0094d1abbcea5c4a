package io.defradb.connect.source.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Events by kind, of the snapshot or of the stream. Written by the task, read by anyone. */
final class EventMetrics {
  private final Clock clock;
  private final Map<String, LongAdder> byOp =
      new ConcurrentHashMap<>(
          Map.of(
              "c",
              new LongAdder(),
              "u",
              new LongAdder(),
              "d",
              new LongAdder(),
              "r",
              new LongAdder()));
  private final LongAdder filtered = new LongAdder();
  private final LongAdder erroneous = new LongAdder();
  private volatile String last = "";
  private volatile long lastAtMillis = -1;

  EventMetrics(Clock clock) {
    this.clock = clock;
  }

  void seen(String op, String docId) {
    LongAdder count = byOp.get(op);
    if (count != null) {
      count.increment();
      last = docId;
    }
  }

  /** Something was seen just now. */
  void touch() {
    lastAtMillis = clock.millis();
  }

  void skipped() {
    filtered.increment();
  }

  void failed() {
    erroneous.increment();
  }

  long count(String op) {
    LongAdder count = byOp.get(op);
    return count == null ? 0 : count.sum();
  }

  long all() {
    return byOp.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long filtered() {
    return filtered.sum();
  }

  long erroneous() {
    return erroneous.sum();
  }

  String last() {
    return last;
  }

  /** -1: none yet. */
  long millisSinceLast() {
    return lastAtMillis < 0 ? -1 : clock.millis() - lastAtMillis;
  }

  long millisBehind(Instant time) {
    return Math.max(0, clock.millis() - time.toEpochMilli());
  }
}
