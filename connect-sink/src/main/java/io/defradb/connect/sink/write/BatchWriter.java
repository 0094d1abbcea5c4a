package io.defradb.connect.sink.write;

import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one batch stored: sends it again while the node is away, busy or in conflict, takes out the
 * records the node names and hands them to the dead letters, and halves a batch that is refused
 * without a name until the culprit stands alone.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final Duration DELAY_MAX = Duration.ofSeconds(30);

  private final IngestRoute route;
  private final DeadLetters deadLetters;
  private final int retriesMax;
  private final Duration retryDelay;

  BatchWriter(IngestRoute route, DeadLetters deadLetters, int retriesMax, Duration retryDelay) {
    this.route = route;
    this.deadLetters = deadLetters;
    this.retriesMax = retriesMax;
    this.retryDelay = retryDelay;
  }

  /** Returns when everything up to {@code batch.upTo} is stored or reported. */
  void write(Batch batch) throws InterruptedException {
    Batch left = batch;
    while (true) {
      try {
        sendUntilAnswered(left);
        return;
      } catch (RefusedBatch refused) {
        List<Pending> operations = operations(left);
        if (refused.code() == ErrorCode.POSITION_MISMATCH || operations.isEmpty()) {
          throw new ConnectException(refused.getMessage(), refused);
        }
        if (refused.operation() != RefusedBatch.UNNAMED) {
          left = without(left, operations.get(refused.operation()), refused);
        } else if (operations.size() == 1) {
          left = without(left, operations.get(0), refused);
        } else {
          List<Pending> records = left.records();
          Pending middle = operations.get(operations.size() / 2);
          int at = records.indexOf(middle);
          write(left.with(records.subList(0, at), records.get(at - 1).offset()));
          left = left.with(records.subList(at, records.size()));
        }
      }
    }
  }

  private Batch without(Batch batch, Pending culprit, RefusedBatch reason) {
    deadLetters.report(culprit.record(), reason);
    List<Pending> fewer = new ArrayList<>(batch.records());
    fewer.remove(culprit);
    return batch.with(fewer);
  }

  private static List<Pending> operations(Batch batch) {
    return batch.records().stream().filter(pending -> pending.operation() != null).toList();
  }

  private void sendUntilAnswered(Batch batch) throws InterruptedException {
    Duration delay = retryDelay;
    for (int attempt = 0; ; attempt++) {
      try {
        route.send(batch);
        return;
      } catch (RefusedBatch refused) {
        throw refused;
      } catch (DefraException failure) {
        if (failure.code().category() != ErrorCode.Category.RETRY) {
          throw new ConnectException("The node failed: " + failure.getMessage(), failure);
        }
        if (attempt >= retriesMax) {
          throw new ConnectException(
              "The node has not stored a batch of "
                  + batch.partition()
                  + " after "
                  + (attempt + 1)
                  + " tries: "
                  + failure.getMessage(),
              failure);
        }
        LOG.info(
            "Batch of {} up to offset {} is sent again in {} ms: {}",
            batch.partition(),
            batch.upTo(),
            delay.toMillis(),
            failure.getMessage());
        Thread.sleep(delay.toMillis());
        delay = delay.multipliedBy(2).compareTo(DELAY_MAX) > 0 ? DELAY_MAX : delay.multipliedBy(2);
      }
    }
  }
}
