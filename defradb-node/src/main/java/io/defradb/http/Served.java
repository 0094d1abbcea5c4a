package io.defradb.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A house with its routes, and who is inside: a house is only torn down when its requests are done
 * and its streams cut.
 */
final class Served {
  private final House house;
  private final Router router;
  private final Set<StreamPump> streams = ConcurrentHashMap.newKeySet();
  private int running;
  private boolean isLeaving;

  Served(House house) {
    this.house = house;
    this.router = new Router(house.endpoints());
  }

  House house() {
    return house;
  }

  Router router() {
    return router;
  }

  synchronized void enter() {
    running++;
  }

  synchronized void leave() {
    running--;
    notifyAll();
  }

  /** A stream is inside until {@link #remove}; cancelled at once when the house is being left. */
  void add(StreamPump stream) {
    streams.add(stream);
    boolean isTooLate;
    synchronized (this) {
      isTooLate = isLeaving;
    }
    if (isTooLate) {
      stream.cancel();
    }
  }

  void remove(StreamPump stream) {
    streams.remove(stream);
  }

  /** Cuts the streams and waits until at most {@code others} requests are left; false: not yet. */
  boolean empty(int others, long millisMax) throws InterruptedException {
    synchronized (this) {
      isLeaving = true;
    }
    streams.forEach(StreamPump::cut);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
    synchronized (this) {
      while (running > others) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    }
  }
}
