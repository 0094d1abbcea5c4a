package io.defradb.db.feed;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess.Permission;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log and what its reader wants to see from there. Holds nothing open between two
 * reads, however slow its reader is. For one thread at a time.
 */
public final class FeedReader {
  /**
   * Entries looked at in one read, seen or not: a reader that sees little must not hold a worker.
   */
  private static final int LOOKED_AT_MAX = 10_000;

  /** Entries of a transaction that are put together at once: a greater one comes in parts. */
  private static final int FOLDED_MAX = 10_000;

  /** Why a read came to its end. */
  public enum Stop {
    /** The sink is full, or enough was looked at; there may be more. */
    PAUSE,
    /** The limit was reached at the end of a transaction. */
    LIMIT,
    /** Everything that there is was read. */
    END
  }

  private final Database database;
  private final FeedState state;
  private final Asker asker;
  private final FeedQuery query;
  private final EntryJson json;
  private final VersionFields.Cache versions = new VersionFields.Cache();
  private final String feedId;
  private final TransactionFold fold = new TransactionFold();
  private final Deque<FoldedEntry> waiting = new ArrayDeque<>();
  private long readSeq;
  private long lastSeq;
  private long seen;
  private long newestSeq;

  FeedReader(Database database, FeedState state, Asker asker, FeedQuery query, long since) {
    this.database = database;
    this.state = state;
    this.asker = asker;
    this.query = query;
    this.json = new EntryJson(query.parts());
    this.feedId = state.feedId();
    this.readSeq = since;
    this.lastSeq = since;
  }

  public String feedId() {
    return feedId;
  }

  /** How far it has read, hidden entries included. */
  public long lastSeq() {
    return lastSeq;
  }

  /** Where the log ended at the last read. */
  public long newestSeq() {
    return Math.max(newestSeq, lastSeq);
  }

  /** Entries that its sinks have taken. */
  public long seen() {
    return seen;
  }

  /**
   * Reads on.
   *
   * @param limit stops after the transaction in which {@link #seen} has reached this
   * @throws FeedGone the feed was renewed, or images this reader needs were removed
   */
  public Stop read(FeedSink sink, long limit) {
    try (Transaction transaction = database.begin(true)) {
      LogReader log = transaction.log();
      requireCurrent(log);
      newestSeq = log.newestSeq();
      try (LogReader.Entries entries = log.after(readSeq)) {
        for (int lookedAt = 0; lookedAt < LOOKED_AT_MAX && !sink.isFull(); lookedAt++) {
          FoldedEntry next = waiting.poll();
          if (next != null) {
            give(next, transaction, log, sink);
          } else {
            LogEntry entry = entries.next();
            if (entry == null) {
              return Stop.END;
            }
            if (seen >= limit && entry.txnIndex() == 0) {
              return Stop.LIMIT;
            }
            take(entry);
          }
          if (waiting.isEmpty() && fold.size() == 0) {
            lastSeq = readSeq;
          }
        }
        return Stop.PAUSE;
      }
    }
  }

  private void take(LogEntry entry) {
    readSeq = entry.seq();
    boolean isSeen = query.matches(entry);
    if (!query.isFolded()) {
      if (isSeen) {
        waiting.add(FoldedEntry.of(entry));
      }
      return;
    }
    if (isSeen) {
      fold.add(entry);
    }
    if (entry.isLastOfTransaction() || fold.size() >= FOLDED_MAX) {
      fold.drainTo(waiting::add);
    }
  }

  private void give(FoldedEntry entry, Transaction transaction, LogReader log, FeedSink sink) {
    LogEntry last = entry.last();
    VersionFields fields = versions.find(transaction.catalog(), last.schemaVersionId());
    if (isVisible(last, fields, transaction)) {
      sink.accept(last.seq(), json.write(entry, fields, log, transaction.commits()));
      seen++;
    }
  }

  private boolean isVisible(
      LogEntry entry, @Nullable VersionFields fields, Transaction transaction) {
    if (fields == null) {
      return query.collections().isEmpty() && entry.docId() == null;
    }
    return (query.collections().isEmpty() || query.collections().contains(fields.version().name()))
        && (entry.docId() == null
            || transaction
                .access()
                .isAllowed(asker, Permission.READ, fields.version(), entry.docId()));
  }

  private void requireCurrent(LogReader log) {
    if (!feedId.equals(state.feedId())) {
      throw new FeedGone("the feed was renewed", state.feedId(), log.oldestSeq(), log.newestSeq());
    }
    if (query.needsImages() && lastSeq < state.imagesRemovedUpTo()) {
      throw new FeedGone(
          "images of these entries are no longer kept",
          feedId,
          state.imagesRemovedUpTo() + 1,
          log.newestSeq());
    }
  }
}
