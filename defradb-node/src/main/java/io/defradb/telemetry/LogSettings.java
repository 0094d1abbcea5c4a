package io.defradb.telemetry;

import java.util.Map;

/**
 * How the node logs (cli specification, section 2).
 *
 * @param isJson one JSON object a line instead of text
 * @param isStdout standard output instead of standard error
 * @param isStacktraceShown stack traces of every failure, not only of unexpected ones
 * @param isColored colours, on a terminal
 * @param overrides levels of single loggers by name
 */
public record LogSettings(
    Level level,
    boolean isJson,
    boolean isStdout,
    boolean isStacktraceShown,
    boolean isColored,
    Map<String, Level> overrides) {

  /** The words of {@code --log-level}. */
  public enum Level {
    DEBUG,
    INFO,
    ERROR,
    FATAL
  }

  public LogSettings {
    overrides = Map.copyOf(overrides);
  }

  /** Text of level info on standard error. */
  public static LogSettings usual() {
    return new LogSettings(Level.INFO, false, false, false, false, Map.of());
  }
}
