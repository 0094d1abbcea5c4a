package io.defradb.libp2p.transport.memory;

import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * The one loop of a simulation, with a clock of its own: tasks run in the order of their time,
 * those of the same time in the order in which they came. Time jumps to the next task. Everything
 * happens in the thread that calls {@link #runFor} or {@link #runUntil}; nothing else may touch it
 * meanwhile.
 */
public final class Schedule implements EventLoop {
  private static final int TASKS_MAX = 10_000_000;

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long nowNanos;
  private long count;
  private boolean isRunning;

  /** One task; {@code order} breaks ties. */
  private static final class Task implements Comparable<Task>, Timer {
    private final long atNanos;
    private final long order;
    private final Runnable work;
    private boolean isCancelled;

    Task(long atNanos, long order, Runnable work) {
      this.atNanos = atNanos;
      this.order = order;
      this.work = work;
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  @Override
  public void execute(Runnable task) {
    at(nowNanos, task);
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return at(nowNanos + delay.toNanos(), task);
  }

  private Timer at(long nanos, Runnable work) {
    if (tasks.size() >= TASKS_MAX) {
      throw new IllegalStateException("a simulation with too many tasks waiting");
    }
    var task = new Task(nanos, count++, work);
    tasks.add(task);
    return task;
  }

  /** True whenever tasks run. */
  @Override
  public boolean isInside() {
    return isRunning;
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  /** Lets {@code span} pass. */
  public void runFor(Duration span) {
    long end = nowNanos + span.toNanos();
    while (!tasks.isEmpty() && tasks.peek().atNanos <= end) {
      step();
    }
    nowNanos = end;
  }

  /** Runs until it is so, for {@code span} at most; whether it is so. */
  public boolean runUntil(BooleanSupplier isSo, Duration span) {
    long end = nowNanos + span.toNanos();
    while (!isSo.getAsBoolean()) {
      if (tasks.isEmpty() || tasks.peek().atNanos > end) {
        nowNanos = end;
        return false;
      }
      step();
    }
    return true;
  }

  private void step() {
    Task task = tasks.remove();
    if (task.isCancelled) {
      return;
    }
    nowNanos = Math.max(nowNanos, task.atNanos);
    isRunning = true;
    try {
      task.work.run();
    } finally {
      isRunning = false;
    }
  }
}
