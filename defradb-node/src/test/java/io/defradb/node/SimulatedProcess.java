package io.defradb.node;

import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Loop and workers of one node in a simulation. Once it is killed, nothing that it had planned
 * happens. Its workers take a random time for each task, so that tasks overtake one another.
 */
final class SimulatedProcess implements EventLoop {
  private static final int TASK_MICROS_MAX = 500;

  private final EventLoop schedule;
  private final RandomGenerator random;
  private boolean isKilled;

  SimulatedProcess(EventLoop schedule, RandomGenerator random) {
    this.schedule = schedule;
    this.random = random;
  }

  void kill() {
    isKilled = true;
  }

  boolean isAlive() {
    return !isKilled;
  }

  private Runnable whileAlive(Runnable task) {
    return () -> {
      if (!isKilled) {
        task.run();
      }
    };
  }

  @Override
  public void execute(Runnable task) {
    schedule.execute(whileAlive(task));
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return schedule.schedule(delay, whileAlive(task));
  }

  @Override
  public boolean isInside() {
    return schedule.isInside();
  }

  @Override
  public long nanoTime() {
    return schedule.nanoTime();
  }

  ExecutorService workers() {
    return new AbstractExecutorService() {
      @Override
      public void execute(Runnable task) {
        long micros = random.nextInt(TASK_MICROS_MAX);
        schedule(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)), task);
      }

      /** The tasks that wait still run. */
      @Override
      public void shutdown() {}

      @Override
      public List<Runnable> shutdownNow() {
        return List.of();
      }

      @Override
      public boolean isShutdown() {
        return isKilled;
      }

      @Override
      public boolean isTerminated() {
        return isKilled;
      }

      @Override
      public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
      }
    };
  }
}
