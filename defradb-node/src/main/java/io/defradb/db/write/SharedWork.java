package io.defradb.db.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Items that the owner makes one after the other, and whoever else comes in time: each takes the
 * next one that nobody has. The owner waits for items that were begun, never for a helper that has
 * not come.
 */
final class SharedWork<T> implements Runnable {
  private final int size;
  private final IntFunction<T> maker;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReferenceArray<@Nullable T> made;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch left;

  /** {@code maker}: of the item with a number from 0; called by more than one thread. */
  SharedWork(int size, IntFunction<T> maker) {
    this.size = size;
    this.maker = maker;
    this.made = new AtomicReferenceArray<>(size);
    this.left = new CountDownLatch(size);
  }

  /** Makes what nobody has begun. What fails, fails in {@link #finish}. */
  @Override
  public void run() {
    for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
      try {
        made.set(i, maker.apply(i));
      } catch (RuntimeException | Error e) {
        failure.set(e);
      } finally {
        left.countDown();
      }
    }
  }

  /** All items in order; throws what making one of them threw. */
  List<T> finish() {
    run();
    awaitOthers();
    Throwable failed = failure.get();
    if (failed instanceof Error error) {
      throw error;
    }
    if (failed instanceof RuntimeException exception) {
      throw exception;
    }
    List<T> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(Objects.requireNonNull(made.get(i)));
    }
    return items;
  }

  /** An interrupt is kept for later: what was begun takes microseconds. */
  private void awaitOthers() {
    boolean isInterrupted = false;
    while (left.getCount() > 0) {
      try {
        left.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
