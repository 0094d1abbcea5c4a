package io.defradb.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.defradb.error.DefraException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes every line with one call, so that lines of two processes on a terminal do not mix. */
final class LineAppender extends AppenderBase<ILoggingEvent> {
  private static final String OWN = "io.defradb.";

  private final LogLine line;
  private final boolean isStacktraceShown;
  private final OutputStream out;

  LineAppender(LogLine line, boolean isStacktraceShown, OutputStream out) {
    this.line = line;
    this.isStacktraceShown = isStacktraceShown;
    this.out = out;
  }

  @Override
  protected void append(ILoggingEvent event) {
    var text = new StringBuilder(line.print(event, room(event.getLoggerName()))).append('\n');
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null && isTraceWanted(event, failure)) {
      text.append(ThrowableProxyUtil.asString(failure));
    }
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      stop(); // nobody reads the log any more
    }
  }

  /** A failure that carries a code is described by its message; any other is a fault of ours. */
  private boolean isTraceWanted(ILoggingEvent event, IThrowableProxy failure) {
    boolean isExpected =
        failure instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof DefraException;
    return isStacktraceShown || (event.getLevel() == Level.ERROR && !isExpected);
  }

  /** {@code io.defradb.db.feed.Log} logs as {@code db}. */
  private static String room(String loggerName) {
    if (!loggerName.startsWith(OWN)) {
      return loggerName;
    }
    int end = loggerName.indexOf('.', OWN.length());
    return end < 0 ? loggerName.substring(OWN.length()) : loggerName.substring(OWN.length(), end);
  }
}
