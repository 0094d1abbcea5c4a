package io.defradb.cli.start;

import io.defradb.cli.config.Setting;
import io.defradb.cli.config.Settings;
import io.defradb.telemetry.LogSettings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The {@code log.*} settings. Words that are not known mean the default, as in the reference. */
final class LogSettingsReader {
  private LogSettingsReader() {}

  /** {@code isTerminal}: somebody looks; only then are there colours. */
  static LogSettings read(Settings settings, boolean isTerminal) {
    return new LogSettings(
        level(settings.text(Setting.LOG_LEVEL)),
        settings.text(Setting.LOG_FORMAT).equals("json"),
        settings.text(Setting.LOG_OUTPUT).equals("stdout"),
        settings.isOn(Setting.LOG_STACKTRACE),
        isTerminal && !settings.isOn(Setting.NO_LOG_COLOR),
        overrides(settings.text(Setting.LOG_OVERRIDES)));
  }

  private static LogSettings.Level level(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "debug" -> LogSettings.Level.DEBUG;
      case "error" -> LogSettings.Level.ERROR;
      case "fatal" -> LogSettings.Level.FATAL;
      default -> LogSettings.Level.INFO;
    };
  }

  /** {@code <name>,level=<level>,...;<name>,...}. */
  private static Map<String, LogSettings.Level> overrides(String text) {
    Map<String, LogSettings.Level> overrides = new HashMap<>();
    for (String override : text.split(";", -1)) {
      String[] parts = override.strip().split(",", -1);
      for (int i = 1; i < parts.length; i++) {
        if (parts[i].startsWith("level=")) {
          overrides.put(parts[0], level(parts[i].substring("level=".length())));
        }
      }
    }
    return overrides;
  }
}
