package io.defradb.db.feed;

import io.defradb.acp.Asker;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.event.EventBus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door of the feed. Safe for use by many threads; its readers are for one at a time. */
public final class Feed {
  private static final Duration TTL_MAX = Duration.ofDays(90);

  private final Database database;
  private final FeedState state;
  private final EventBus events;
  private final InstantSource clock;

  public Feed(Database database, FeedState state, EventBus events, InstantSource clock) {
    this.database = database;
    this.state = state;
    this.events = events;
    this.clock = clock;
  }

  /** Where a reader begins. */
  public sealed interface Start {
    /** Behind {@code seq}; 0: all that is kept. */
    record After(long seq) implements Start {}

    /** What comes from now on. */
    record Now() implements Start {}
  }

  /**
   * Opens a reader.
   *
   * @param feedId the feed that {@code start} belongs to; {@code null}: this one
   * @throws FeedGone the place is not in this feed
   */
  public FeedReader open(@Nullable String feedId, Start start, FeedQuery query, Asker asker) {
    try (Transaction transaction = database.begin(true)) {
      LogReader log = transaction.log();
      requireFeed(feedId, log);
      long since =
          start instanceof Start.After after ? checked(after.seq(), query, log) : log.newestSeq();
      return new FeedReader(database, state, asker, query, since);
    }
  }

  private long checked(long since, FeedQuery query, LogReader log) {
    long oldest = log.oldestSeq();
    long newest = log.newestSeq();
    if (since > newest) {
      throw new FeedGone("the feed does not reach that far", state.feedId(), oldest, newest);
    }
    if (since > 0 && since < oldest - 1) {
      throw new FeedGone("entries are no longer kept", state.feedId(), oldest, newest);
    }
    if (query.needsImages() && since < state.imagesRemovedUpTo()) {
      throw new FeedGone(
          "images of these entries are no longer kept",
          state.feedId(),
          state.imagesRemovedUpTo() + 1,
          newest);
    }
    return Math.max(since, oldest - 1);
  }

  private void requireFeed(@Nullable String feedId, LogReader log) {
    if (feedId != null && !feedId.equals(state.feedId())) {
      throw new FeedGone("this is another feed", state.feedId(), log.oldestSeq(), log.newestSeq());
    }
  }

  /**
   * Documents as of now. Close the reader.
   *
   * @throws DefraException COLLECTION_NOT_FOUND
   */
  public SnapshotReader snapshot(SnapshotQuery query, Asker asker) {
    Transaction transaction = database.begin(true);
    try {
      return new SnapshotReader(transaction, asker, query, state.feedId());
    } catch (RuntimeException e) {
      transaction.close();
      throw e;
    }
  }

  /** Calls {@code wake} whenever the log has advanced; it must return at once. */
  public EventBus.Subscription onAdvance(Runnable wake) {
    return events.subscribe(event -> wake.run());
  }

  public FeedInfo info() {
    try (Transaction transaction = database.begin(true)) {
      LogReader log = transaction.log();
      long oldest = log.oldestSeq();
      return new FeedInfo(
          state.feedId(),
          oldest,
          log.newestSeq(),
          Math.max(oldest, state.imagesRemovedUpTo() + 1),
          clock.instant());
    }
  }

  /**
   * Registers a consumer, or moves it.
   *
   * @throws FeedGone {@code feedId} is not this feed's
   * @throws DefraException INVALID_ARGUMENT; BUSY: there are too many
   */
  public Consumer register(String name, String feedId, long seq, Duration ttl) {
    if (seq < 0 || ttl.isNegative() || ttl.isZero() || ttl.compareTo(TTL_MAX) > 0) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "seq must not be negative, ttlSeconds between 1 and " + TTL_MAX.toSeconds());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
    var consumer = new Consumer(name, seq, now.plus(ttl));
    try (Transaction transaction = database.begin(Origin.LOCAL)) {
      requireFeed(feedId, transaction.log());
      Consumers.put(transaction.local(), consumer, now);
      transaction.commit();
    }
    return consumer;
  }

  /** Harmless when there is none. */
  public void unregister(String name) {
    try (Transaction transaction = database.begin(Origin.LOCAL)) {
      Consumers.remove(transaction.local(), name);
      transaction.commit();
    }
  }

  /** Those that have not expired, by name. */
  public List<Consumer> consumers() {
    Instant now = clock.instant();
    try (Transaction transaction = database.begin(true)) {
      return Consumers.list(transaction.local()).stream()
          .filter(consumer -> consumer.expires().isAfter(now))
          .toList();
    }
  }
}
