package io.defradb.db.write;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cores that are idle, to help with work that can be shared. Nobody is called when as many threads
 * work as there are cores: waking another one would only cost. Safe for use by many threads.
 */
public final class Helpers {
  /** Everybody works alone. */
  public static final Helpers NONE = new Helpers(Runnable::run, 1);

  private final Executor executor;
  private final int cores;
  private final AtomicInteger working = new AtomicInteger();

  /**
   * @param executor runs what it is given on another thread, sooner or later or never
   * @param cores how many threads work at once at most, the callers counted
   */
  public Helpers(Executor executor, int cores) {
    this.executor = executor;
    this.cores = cores;
  }

  /**
   * Runs what keeps this thread's core busy from end to end: as long as all cores have such a task
   * none of them is called to help. Not to be nested.
   */
  public void busy(Runnable task) {
    working.incrementAndGet();
    try {
      task.run();
    } finally {
      working.decrementAndGet();
    }
  }

  /** Does the work in this thread, which is {@link #busy}, and in one more where a core is idle. */
  <T> List<T> share(SharedWork<T> work) {
    if (working.get() < cores) {
      executor.execute(() -> busy(work));
    }
    return work.finish();
  }
}
