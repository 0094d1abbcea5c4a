package io.defradb.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands work to a bounded executor. */
final class Workers {
  private Workers() {}

  /** False when it is full. */
  static boolean offer(Executor workers, Runnable work) {
    try {
      workers.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }
}
