package io.defradb.db.ingest;

import io.defradb.acp.Asker;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.ingest.IngestResult.Outcome;
import io.defradb.db.ingest.IngestResult.Status;
import io.defradb.db.log.Origin;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies records of external sources, each exactly once: the position of a source partition is
 * stored in the same transaction as what its records changed, so that a sender that repeats any
 * range changes nothing. Safe for use by many threads.
 */
public final class Ingest {
  private static final int ATTEMPTS = 3;
  private static final long NOTHING_APPLIED = -1;

  private final Database database;
  private final Supplier<String> feedId;
  private final InstantSource clock;

  public Ingest(Database database, Supplier<String> feedId, InstantSource clock) {
    this.database = database;
    this.feedId = feedId;
    this.clock = clock;
  }

  /**
   * Applies a batch whole or not at all.
   *
   * @throws IngestFailure one operation cannot be applied
   * @throws PositionMismatch the position is another source's
   * @throws DefraException FEED_GONE: the sender means another node, or an earlier life of this one
   * @throws DefraException INVALID_ARGUMENT, TOO_LARGE; TXN_CONFLICT, BUSY: send it again
   */
  public IngestResult apply(IngestBatch batch, Asker asker) {
    check(batch);
    requireFeed(batch.feedId());
    for (int attempt = 1; ; attempt++) {
      try (Transaction transaction = database.begin(new Origin.Ingest(batch.partition().sink()))) {
        return apply(batch, asker, transaction);
      } catch (DefraException e) {
        if (e.code() != ErrorCode.TXN_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** What is stored, of one sink or of all. */
  public List<StoredPosition> positions(@Nullable String sink) {
    try (Transaction transaction = database.begin(true)) {
      return Positions.list(transaction.local(), sink);
    }
  }

  /**
   * Forgets what is stored of one partition of a sink: what its source sends next is applied,
   * whatever its offset. False when nothing was stored.
   */
  public boolean forget(String sink, String topic, int partition) {
    try (Transaction transaction = database.begin(new Origin.Ingest(sink))) {
      var source = new SourcePartition(sink, "", topic, "", partition);
      if (Positions.find(transaction.local(), source).isEmpty()) {
        return false;
      }
      Positions.remove(transaction.local(), source);
      transaction.commit();
      return true;
    }
  }

  public String feedId() {
    return feedId.get();
  }

  private IngestResult apply(IngestBatch batch, Asker asker, Transaction transaction) {
    Optional<StoredPosition> stored = storedPosition(batch, transaction);
    long done = stored.map(StoredPosition::offset).orElse(NOTHING_APPLIED);
    var applier = new OperationApplier(transaction, asker);
    List<Outcome> outcomes = new ArrayList<>(batch.operations().size());
    long greatest = NOTHING_APPLIED;
    for (int i = 0; i < batch.operations().size(); i++) {
      IngestOperation operation = batch.operations().get(i);
      greatest = operation.offset();
      if (operation.offset() <= done) {
        outcomes.add(new Outcome(operation.offset(), Status.DUPLICATE, null));
        continue;
      }
      try {
        outcomes.add(applier.apply(operation));
      } catch (DefraException e) {
        throw isOperationsFault(e) ? new IngestFailure(i, operation.offset(), e) : e;
      }
    }
    long offset = Math.max(done, batch.upTo().orElse(greatest));
    SourcePartition partition =
        stored
            .map(known -> batch.partition().completedBy(known.partition()))
            .orElse(batch.partition());
    boolean isNew = stored.isEmpty() || !stored.get().partition().equals(partition);
    if (offset > done || isNew && offset > NOTHING_APPLIED) {
      String digest =
          offset > done ? batch.digest() : stored.map(StoredPosition::digest).orElse("");
      Positions.put(
          transaction.local(), new StoredPosition(partition, offset, digest, clock.instant()));
      transaction.commit();
    }
    return new IngestResult(feedId.get(), offset, outcomes);
  }

  /** Empty when nothing is stored, or when what is stored is given up for another source. */
  private static Optional<StoredPosition> storedPosition(
      IngestBatch batch, Transaction transaction) {
    Optional<StoredPosition> stored = Positions.find(transaction.local(), batch.partition());
    if (stored.isEmpty() || stored.get().partition().agreesWith(batch.partition())) {
      return stored;
    }
    if (!batch.isAdopting()) {
      throw new PositionMismatch(stored.get().partition(), batch.partition());
    }
    return Optional.empty();
  }

  /** Positions and documents of another store are not here: what the sender has left is not all. */
  private void requireFeed(String meant) {
    String current = feedId.get();
    if (!meant.isEmpty() && !meant.equals(current)) {
      throw new DefraException(
          ErrorCode.FEED_GONE, "the batch is for another feed", "Meant", meant, "FeedID", current);
    }
  }

  private static boolean isOperationsFault(DefraException e) {
    return switch (e.code().category()) {
      case NOT_FOUND, INVALID, REFUSED, GONE, FORBIDDEN, TOO_LARGE -> true;
      case RETRY, INTERNAL -> false;
    };
  }

  private static void check(IngestBatch batch) {
    if (batch.operations().size() > IngestBatch.OPERATIONS_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE,
          "too many operations in a batch",
          "Count",
          batch.operations().size(),
          "Max",
          IngestBatch.OPERATIONS_MAX);
    }
    long last = 0;
    for (IngestOperation operation : batch.operations()) {
      if (operation.offset() < last) {
        throw new DefraException(
            ErrorCode.INVALID_ARGUMENT,
            "offsets must not decrease within a batch, nor be negative",
            "Offset",
            operation.offset());
      }
      last = operation.offset();
    }
    if (batch.digest().length() > IngestBatch.DIGEST_CHARS_MAX) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "digest is too long", "Max", IngestBatch.DIGEST_CHARS_MAX);
    }
    if (batch.upTo().isPresent()
        && !batch.operations().isEmpty()
        && batch.upTo().getAsLong() < last) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "upTo is below an operation's offset",
          "UpTo",
          batch.upTo().getAsLong());
    }
  }
}
