package io.defradb.connect.sink.write;

import io.defradb.client.NodeRefusal;
import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.connect.sink.metrics.SinkMetrics;
import io.defradb.connect.sink.write.IngestRoute.OperationResult;
import io.defradb.error.DefraException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one batch stored: sends it again while the node is away, busy, full or in conflict, takes
 * out the records the node names and hands them to the dead letters, and halves a batch that is
 * refused without a name until the culprit stands alone.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final Duration DELAY_MAX = Duration.ofSeconds(30);
  private static final int FOR_EVER = -1;

  private final IngestRoute route;
  private final DeadLetters deadLetters;
  private final PeerWait peers;
  private final boolean isReducing;
  private final int retriesMax;
  private final Duration retryDelay;
  private final SinkMetrics metrics;

  /**
   * @param peers who have to store a batch, too, before it counts as stored
   * @param isReducing writes of one document become one
   * @param retriesMax -1 for ever
   */
  BatchWriter(
      IngestRoute route,
      DeadLetters deadLetters,
      PeerWait peers,
      boolean isReducing,
      int retriesMax,
      Duration retryDelay,
      SinkMetrics metrics) {
    this.route = route;
    this.deadLetters = deadLetters;
    this.peers = peers;
    this.isReducing = isReducing;
    this.retriesMax = retriesMax;
    this.retryDelay = retryDelay;
    this.metrics = metrics;
  }

  /**
   * Returns when everything up to {@code batch.upTo} is stored or reported.
   *
   * @throws ChangedNode it is not the node that the batch is for
   */
  void write(Batch batch) throws InterruptedException {
    List<Pending> left = new ArrayList<>(batch.records());
    reportUnmappable(left);
    if (isReducing && isStoredReduced(batch, left)) {
      return;
    }
    int size = left.size();
    while (!left.isEmpty()) {
      Batch part = batch.first(left.subList(0, Math.min(size, left.size())));
      try {
        sendUntilAnswered(part);
        left.subList(0, part.records().size()).clear();
        size = Math.min(2 * size, batch.records().size());
      } catch (RefusedBatch refused) {
        size = afterRefusal(refused, part, left);
      }
    }
  }

  /** False: some record is refused; which one shows when each is sent as it came. */
  private boolean isStoredReduced(Batch batch, List<Pending> records) throws InterruptedException {
    try {
      sendUntilAnswered(batch.first(Reduction.of(records)));
      return true;
    } catch (RefusedBatch refused) {
      return false;
    }
  }

  /**
   * Dead letters are stored before the position moves past them: a crash then repeats, not loses.
   */
  private void reportUnmappable(List<Pending> records) {
    boolean hasFaults = false;
    for (int i = 0; i < records.size(); i++) {
      Pending pending = records.get(i);
      if (pending.fault() != null) {
        deadLetters.report(pending.record(), pending.fault());
        records.set(i, pending.settled());
        hasFaults = true;
      }
    }
    if (hasFaults) {
      deadLetters.awaitStored();
    }
  }

  /**
   * How many records to send next. What stands before a named culprit is right and goes first; one
   * that stands alone, or in front, is the culprit; else halves tell.
   */
  private int afterRefusal(RefusedBatch refused, Batch part, List<Pending> left) {
    List<Integer> operations = new ArrayList<>();
    for (int i = 0; i < part.records().size(); i++) {
      if (part.records().get(i).operation() != null) {
        operations.add(i);
      }
    }
    if (operations.isEmpty() || !refused.isAboutRecords()) {
      throw new ConnectException("The node refuses: " + refused.getMessage(), refused);
    }
    boolean isNamed = refused.operation() != RefusedBatch.UNNAMED;
    int culprit = operations.get(isNamed ? refused.operation() : 0);
    if (isNamed && culprit > 0) {
      return culprit;
    }
    if (!isNamed && operations.size() > 1) {
      return (part.records().size() + 1) / 2;
    }
    deadLetters.report(left.get(culprit).record(), refused);
    deadLetters.awaitStored();
    left.set(culprit, left.get(culprit).settled());
    return Math.max(1, part.records().size() / 2);
  }

  private void send(Batch batch) throws InterruptedException {
    long begin = System.nanoTime();
    List<OperationResult> results = route.send(batch).results();
    peers.await();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    int known = (int) results.stream().filter(OperationResult::isDuplicate).count();
    metrics.stored(results.size(), known, took, batch.newestMillis());
  }

  private void sendUntilAnswered(Batch batch) throws InterruptedException {
    Duration delay = retryDelay;
    for (int attempt = 0; ; attempt++) {
      try {
        send(batch);
        return;
      } catch (RefusedBatch | ChangedNode refused) {
        metrics.refused();
        throw refused;
      } catch (DefraException failure) {
        metrics.retry(failure instanceof NodeRefusal);
        if (retriesMax != FOR_EVER && attempt >= retriesMax) {
          throw new ConnectException(
              "The node has not stored a batch of "
                  + batch.partition()
                  + " after "
                  + (attempt + 1)
                  + " tries: "
                  + failure.getMessage(),
              failure);
        }
        if (Integer.bitCount(attempt + 1) == 1) { // ever more rarely
          LOG.info(
              "A batch of {} up to offset {} failed {} times and is sent again in {} ms: {}",
              batch.partition(),
              batch.upTo(),
              attempt + 1,
              delay.toMillis(),
              failure.getMessage());
        }
        Thread.sleep(delay.toMillis());
        delay = delay.multipliedBy(2).compareTo(DELAY_MAX) > 0 ? DELAY_MAX : delay.multipliedBy(2);
      }
    }
  }
}
