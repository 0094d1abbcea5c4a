package io.defradb.lens;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that is inside a module for too long; the runtime tests for interrupts at
 * every call and every turn of a loop. For one thread; the interrupt is taken back when it came too
 * late.
 */
final class CallTimer {
  private final ScheduledExecutorService scheduler;
  private final long millisMax;
  private @Nullable ScheduledFuture<?> alarm;
  private boolean isInside;
  private boolean isRung;

  CallTimer(ScheduledExecutorService scheduler, long millisMax) {
    this.scheduler = scheduler;
    this.millisMax = millisMax;
  }

  void enter() {
    Thread inside = Thread.currentThread();
    synchronized (this) {
      isInside = true;
      isRung = false;
    }
    alarm = scheduler.schedule(() -> ring(inside), millisMax, TimeUnit.MILLISECONDS);
  }

  private synchronized void ring(Thread inside) {
    if (isInside) {
      isRung = true;
      inside.interrupt();
    }
  }

  /** Whether time was up. */
  boolean leave() {
    ScheduledFuture<?> running = alarm;
    if (running != null) {
      running.cancel(false);
    }
    synchronized (this) {
      isInside = false;
      if (isRung) {
        Thread.interrupted();
      }
      return isRung;
    }
  }
}
