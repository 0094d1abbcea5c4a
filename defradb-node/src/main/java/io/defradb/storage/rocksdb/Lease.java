package io.defradb.storage.rocksdb;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses a native object, so that it is freed after its owner closed it and its last user
 * is done, never before: a native object used after that ends the process. Safe for many threads.
 */
final class Lease {
  private static final int CLOSED = 1 << 31;

  /** Users, and in the top bit whether the owner has closed it. */
  private final AtomicInteger state = new AtomicInteger();

  private final String textWhenClosed;
  private final Runnable free;

  /** {@code free}: runs once, on the thread that lets go last. */
  Lease(String textWhenClosed, Runnable free) {
    this.textWhenClosed = textWhenClosed;
    this.free = free;
  }

  void acquire() {
    if (state.incrementAndGet() < 0) {
      release();
      throw new DefraException(ErrorCode.STORAGE_FAILED, textWhenClosed);
    }
  }

  void release() {
    if (state.decrementAndGet() == CLOSED && state.compareAndSet(CLOSED, CLOSED | 1 << 30)) {
      free.run();
    }
  }

  /** No new user from now on. Harmless when repeated. */
  void close() {
    int before = state.getAndUpdate(now -> now | CLOSED);
    if (before == 0 && state.compareAndSet(CLOSED, CLOSED | 1 << 30)) {
      free.run();
    }
  }
}
