package io.defradb.http;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that clients opened. One that nobody uses for the idle time is discarded; how
 * many may be open is the database's bound. Safe for use by many threads.
 */
public final class TransactionSessions implements AutoCloseable {
  private final Database database;
  private final long idleNanos;
  private final int retriesMax;
  private final LongSupplier nanoClock;
  private final Map<Long, TransactionSession> open = new ConcurrentHashMap<>();

  /**
   * @param idleMax how long one may stay open without a request
   * @param retriesMax how often a request's own transaction that met another's is run again
   * @param nanoClock monotone, in nanoseconds
   */
  public TransactionSessions(
      Database database, Duration idleMax, int retriesMax, LongSupplier nanoClock) {
    this.database = database;
    this.nanoClock = nanoClock;
    this.idleNanos = idleMax.toNanos();
    this.retriesMax = retriesMax;
  }

  /** Opens one that later requests find by its id. */
  public TransactionSession open(boolean isReadOnly) {
    var session = new TransactionSession(this, database.begin(isReadOnly), nanoClock);
    open.put(session.id(), session);
    return session;
  }

  /** A transaction for one request. */
  Transaction begin(boolean isReadOnly) {
    return database.begin(isReadOnly);
  }

  /**
   * Works inside a transaction of its own, committed when {@code work} returns. One that conflicts
   * with another is discarded and {@code work} done again on the state as it then is: so it must
   * leave nothing behind but what it writes and returns.
   *
   * @throws DefraException TXN_CONFLICT when the last try conflicted, too
   */
  <T> T transact(boolean isReadOnly, Function<Transaction, T> work) {
    for (int retry = 0; ; retry++) {
      try (Transaction transaction = database.begin(isReadOnly)) {
        T result = work.apply(transaction);
        transaction.commit();
        return result;
      } catch (DefraException failure) {
        if (failure.code() != ErrorCode.TXN_CONFLICT || retry >= retriesMax) {
          throw failure;
        }
      }
    }
  }

  /** {@code null} for what is no number or not open. */
  @Nullable TransactionSession find(@Nullable String id) {
    if (id == null || id.isEmpty() || open.isEmpty()) {
      return null;
    }
    try {
      return open.get(Long.parseLong(id));
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  void forget(TransactionSession session) {
    open.remove(session.id());
  }

  /** Discards what nobody used for too long. */
  void sweep() {
    for (TransactionSession session : open.values()) {
      if (session.enterIfIdle(idleNanos)) {
        session.close();
        session.leave();
      }
    }
  }

  /** Discards all of them. */
  @Override
  public void close() {
    open.values().forEach(TransactionSession::close);
  }
}
