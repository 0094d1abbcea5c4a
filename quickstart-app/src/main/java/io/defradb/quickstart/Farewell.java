package io.defradb.quickstart;

/**
 * Closes a Kafka client in peace: it says goodbye to a broker that is still there, even when its
 * thread was interrupted, and the interruption is kept.
 */
final class Farewell {
  private Farewell() {}

  static void say(Runnable close) {
    boolean isInterrupted = Thread.interrupted();
    try {
      close.run();
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
