package io.defradb.http;

/**
 * Where the bytes of a stream come from. The server pulls while the client takes, so a slow client
 * costs one buffer and no thread. Calls come from workers, one at a time, with memory visible from
 * one to the next; only {@code wake} is for any thread.
 */
public interface StreamSource extends AutoCloseable {

  /** What comes after a pull. */
  record Progress(Kind kind, long waitMillisMax) {
    public enum Kind {
      /** Pull again when the client has taken this. */
      MORE,
      /** Nothing now: pull when woken, and after {@code waitMillisMax} at the latest. */
      WAIT,
      /** That was all. */
      END
    }

    public static final Progress MORE = new Progress(Kind.MORE, 0);
    public static final Progress END = new Progress(Kind.END, 0);

    /** Waits for a wake-up without a limit. */
    public static final Progress WAIT = new Progress(Kind.WAIT, Long.MAX_VALUE);

    public static Progress waitAtMost(long millis) {
      return new Progress(Kind.WAIT, millis);
    }
  }

  /**
   * Before the first pull. {@code wake}: cheap, never blocks, harmless when there is nothing new;
   * listen with it before looking for data, so that nothing is missed between.
   */
  default void open(Runnable wake) {}

  /**
   * Writes the next bytes into {@code out}, which is empty; stop soon after {@code out.isFull()}.
   * An exception cuts the stream off.
   */
  Progress pull(StreamBuffer out);

  /** The stream ended, or the client went away. Called once. */
  @Override
  void close();
}
