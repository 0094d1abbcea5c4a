package io.defradb.quickstart;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the user sees. Progress lines overwrite themselves on a terminal and are printed once a step
 * elsewhere.
 */
final class Terminal {
  private static final long REPAINT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PrintStream out;
  private final boolean isInteractive;
  private long paintedAt;

  Terminal(PrintStream out, boolean isInteractive) {
    this.out = out;
    this.isInteractive = isInteractive;
  }

  void line(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** A running count; {@code startedAt} in nanoseconds of {@link System#nanoTime}. */
  void progress(String what, long done, long total, long startedAt) {
    long now = System.nanoTime();
    boolean isLast = done >= total;
    if (!isLast && (!isInteractive || now - paintedAt < REPAINT_NANOS)) {
      return;
    }
    paintedAt = now;
    double seconds = Math.max((now - startedAt) / 1e9, 1e-3);
    String text =
        String.format(
            Locale.ROOT, "  %-34s %,7d of %,d   %,.0f/s", what, done, total, done / seconds);
    if (isInteractive && !isLast) {
      out.print(text + "\r");
      out.flush();
    } else {
      line("%s", text);
    }
  }
}
