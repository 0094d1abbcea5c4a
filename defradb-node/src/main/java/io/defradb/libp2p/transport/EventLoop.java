package io.defradb.libp2p.transport;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, in the order in which they were given; whatever is touched by
 * tasks of one loop only needs no lock. Tasks never block. In a simulation all loops are one, and
 * time passes only when nothing is left to run.
 */
public interface EventLoop extends Executor {
  /** A task that was scheduled. */
  interface Timer {
    /** The task does not run, unless it ran or runs already. */
    void cancel();
  }

  /** Runs {@code task} on the loop, after what is waiting already. From any thread. */
  @Override
  void execute(Runnable task);

  /** Runs {@code task} on the loop when {@code delay} has passed. From any thread. */
  Timer schedule(Duration delay, Runnable task);

  /** Whether the caller is a task of this loop. */
  boolean isInside();

  /** A clock that only goes forward; its zero means nothing. */
  long nanoTime();

  /** Runs {@code task} at once when inside, else as {@link #execute} does. */
  default void run(Runnable task) {
    if (isInside()) {
      task.run();
    } else {
      execute(task);
    }
  }
}
