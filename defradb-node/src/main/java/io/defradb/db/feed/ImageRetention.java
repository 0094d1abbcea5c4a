package io.defradb.db.feed;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogKeys;
import io.defradb.db.log.LogReader;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Removes images that are older than they need be, in one range. To be run now and then, by one
 * thread; costs a few look-ups when there is nothing to do.
 */
public final class ImageRetention {
  /** How long images are kept where nothing else is set. */
  public static final Duration DEFAULT = Duration.ofDays(7);

  private final Database database;
  private final KeyValueStore store;
  private final FeedState state;
  private final InstantSource clock;
  private final Duration kept;

  public ImageRetention(
      Database database, KeyValueStore store, FeedState state, InstantSource clock, Duration kept) {
    this.database = database;
    this.store = store;
    this.state = state;
    this.clock = clock;
    this.kept = kept;
  }

  /** Removes what is due; what a consumer holds back stays. */
  public void sweep() {
    Instant now = clock.instant();
    long upTo;
    try (Transaction transaction = database.begin(true)) {
      long old = newestBefore(now.minus(kept), transaction.log());
      upTo = Math.min(old, Consumers.heldFrom(transaction.local(), now).orElse(Long.MAX_VALUE) - 1);
    }
    if (upTo <= state.imagesRemovedUpTo()) {
      return;
    }
    var batch = new WriteBatch();
    batch.deleteRange(LogKeys.IMAGES, LogKeys.seq(0), LogKeys.seq(upTo + 1));
    state.noteRemoval(batch, upTo);
    store.write(batch, Durability.OS);
    state.imagesAreRemoved(upTo);
  }

  /** Binary search: numbers have no gaps and times do not go back by more than clocks do. */
  private static long newestBefore(Instant limit, LogReader log) {
    long low = log.oldestSeq() - 1;
    long high = log.newestSeq();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      boolean isOld = log.entry(middle).map(entry -> entry.time().isBefore(limit)).orElse(false);
      if (isOld) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
