package io.defradb.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up in code: reading a configuration file would cost a part of the start. Only the
 * command line calls it; a node inside somebody's JVM leaves logging to its host.
 */
public final class NodeLogging {
  private static final String PROVIDER = "slf4j.provider";

  private NodeLogging() {}

  /**
   * Replaces whatever was set up before. Call it before anything else logs: what is searched for
   * then is not.
   */
  public static void configure(LogSettings settings) {
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, BareLogback.class.getName());
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
    OutputStream out =
        new FileOutputStream(settings.isStdout() ? FileDescriptor.out : FileDescriptor.err);
    configure(settings, out);
  }

  /** The same to a stream of the caller's. */
  static void configure(LogSettings settings, OutputStream out) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    LogLine line = settings.isJson() ? new JsonLine() : new TextLine(settings.isColored());
    var appender = new LineAppender(line, settings.isStacktraceShown(), out);
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(settings.level()));
    root.addAppender(appender);
    if (settings.level() != LogSettings.Level.DEBUG) {
      context.getLogger("io.netty").setLevel(Level.ERROR);
      context.getLogger("graphql").setLevel(Level.ERROR);
    }
    settings.overrides().forEach((name, level) -> context.getLogger(name).setLevel(level(level)));
  }

  private static Level level(LogSettings.Level level) {
    return switch (level) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case ERROR -> Level.ERROR;
      case FATAL -> Level.OFF;
    };
  }
}
