package io.defradb.connect.sink.dlq;

import io.defradb.connect.sink.metrics.SinkMetrics;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records that cannot be written to the worker's reporter, with the node's answer as the
 * reason; without one (the worker tolerates no errors) the task fails on the first. Safe for use by
 * many threads.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int UNCONFIRMED_MAX = 1000;
  private static final long LOGGED_EVERY = 1000;

  private final @Nullable ErrantRecordReporter reporter;
  private final SinkMetrics metrics;
  private final Queue<Future<Void>> unconfirmed = new ArrayDeque<>();
  private long reported;

  public DeadLetters(@Nullable ErrantRecordReporter reporter, SinkMetrics metrics) {
    this.reporter = reporter;
    this.metrics = metrics;
  }

  public synchronized void report(SinkRecord record, RuntimeException reason) {
    String place =
        record.originalTopic()
            + "-"
            + record.originalKafkaPartition()
            + " offset "
            + record.originalKafkaOffset();
    if (reporter == null) {
      throw new ConnectException(
          "The record at " + place + " cannot be written: " + reason.getMessage(), reason);
    }
    if (reported++ % LOGGED_EVERY == 0) {
      LOG.warn("Dead letter {} (the {}. of this task): {}", place, reported, reason.getMessage());
    }
    metrics.deadLetter();
    unconfirmed.add(reporter.report(record, reason));
    if (unconfirmed.size() > UNCONFIRMED_MAX) {
      awaitOldest();
    }
  }

  /**
   * Returns once every record handed over is in the dead letter queue: only then may their offsets
   * be committed.
   */
  public synchronized void awaitStored() {
    while (!unconfirmed.isEmpty()) {
      awaitOldest();
    }
  }

  private void awaitOldest() {
    Future<Void> oldest = unconfirmed.remove();
    try {
      oldest.get();
    } catch (ExecutionException e) {
      throw new ConnectException("The dead letter queue refused a record: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted while a dead letter was being stored", e);
    }
  }
}
