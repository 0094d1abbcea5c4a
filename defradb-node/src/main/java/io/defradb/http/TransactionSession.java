package io.defradb.http;

import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * A transaction that a client opened and names in later requests. Its requests run one after the
 * other, in the order in which they came. Safe for use by many threads.
 */
public final class TransactionSession {
  private static final int WAITING_MAX = 64;

  private final TransactionSessions sessions;
  private final Transaction transaction;
  private final LongSupplier nanoClock;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean isBusy;
  private boolean isOpen = true;
  private boolean isSpent;
  private long lastUsedNanos;

  TransactionSession(
      TransactionSessions sessions, Transaction transaction, LongSupplier nanoClock) {
    this.sessions = sessions;
    this.transaction = transaction;
    this.nanoClock = nanoClock;
    this.lastUsedNanos = nanoClock.getAsLong();
  }

  public long id() {
    return transaction.id();
  }

  /** Only for the request whose turn it is. */
  synchronized Transaction transaction() {
    if (!isOpen) {
      throw invalid();
    }
    if (isSpent) {
      throw spent("transaction discarded");
    }
    return transaction;
  }

  /** Applies it; after a conflict it is spent: nothing but {@link #close} works any more. */
  public void commit() {
    synchronized (this) {
      if (isOpen && isSpent) {
        throw spent("Trying to commit a discarded txn");
      }
    }
    try {
      transaction().commit();
    } catch (DefraException failure) {
      if (failure.code() == ErrorCode.TXN_CONFLICT) {
        spend();
      }
      throw failure;
    }
    close();
  }

  private synchronized void spend() {
    isSpent = true;
  }

  private static DefraException spent(String text) {
    return new DefraException(ErrorCode.TXN_NOT_FOUND, text);
  }

  /** Drops what was not committed. Harmless when repeated. */
  public void close() {
    synchronized (this) {
      if (!isOpen) {
        return;
      }
      isOpen = false;
    }
    sessions.forget(this);
    transaction.close();
  }

  /**
   * Runs {@code turn} now or when the requests before it have left.
   *
   * @return false when too many are waiting
   */
  boolean enter(Runnable turn) {
    synchronized (this) {
      if (isBusy) {
        return waiting.size() < WAITING_MAX && waiting.add(turn);
      }
      isBusy = true;
    }
    turn.run();
    return true;
  }

  /** The request whose turn it was is done. */
  void leave() {
    Runnable next;
    synchronized (this) {
      lastUsedNanos = nanoClock.getAsLong();
      next = waiting.poll();
      isBusy = next != null;
    }
    if (next != null) {
      next.run();
    }
  }

  /** Takes the turn when nobody has used it for that long. */
  synchronized boolean enterIfIdle(long idleNanos) {
    if (isBusy || nanoClock.getAsLong() - lastUsedNanos < idleNanos) {
      return false;
    }
    isBusy = true;
    return true;
  }

  static DefraException invalid() {
    return new DefraException(ErrorCode.TXN_NOT_FOUND, "invalid transaction id");
  }
}
