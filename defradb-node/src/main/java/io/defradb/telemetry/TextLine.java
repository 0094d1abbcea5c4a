package io.defradb.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** {@code Jan _2 15:04:05.000 INF <name> <message> Key=value}. */
final class TextLine implements LogLine {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private final boolean isColored;
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  TextLine(boolean isColored) {
    this.isColored = isColored;
  }

  @Override
  public String print(ILoggingEvent event, String loggerName) {
    var line = new StringBuilder(160);
    appendTime(line, event.getTimeStamp());
    line.append(' ');
    appendLevel(line, event.getLevel());
    line.append(' ').append(loggerName).append(' ').append(event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        line.append(' ').append(pair.key).append('=').append(quoted(text(pair.value)));
      }
    }
    return line.toString();
  }

  private void appendTime(StringBuilder line, long millis) {
    long current = Math.floorDiv(millis, 1000L);
    if (current != second) {
      second = current;
      secondText =
          text(LocalDateTime.ofInstant(Instant.ofEpochSecond(current), ZoneId.systemDefault()));
    }
    int rest = (int) (millis - current * 1000);
    line.append(secondText);
    if (rest < 100) {
      line.append(rest < 10 ? "00" : "0");
    }
    line.append(rest);
  }

  /** By hand: a formatter that knows months loads the names of all languages first. */
  private static String text(LocalDateTime time) {
    int month = 3 * (time.getMonthValue() - 1);
    StringBuilder text = new StringBuilder(16).append(MONTHS, month, month + 3).append(' ');
    twoDigits(text, time.getDayOfMonth(), ' ').append(' ');
    twoDigits(text, time.getHour(), '0').append(':');
    twoDigits(text, time.getMinute(), '0').append(':');
    return twoDigits(text, time.getSecond(), '0').append('.').toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number, char filler) {
    if (number < 10) {
      text.append(filler);
    }
    return text.append(number);
  }

  private void appendLevel(StringBuilder line, Level level) {
    String word =
        switch (level.toInt()) {
          case Level.ERROR_INT -> "ERR";
          case Level.WARN_INT -> "WRN";
          case Level.INFO_INT -> "INF";
          default -> "DBG";
        };
    if (isColored) {
      String code = word.equals("ERR") ? "91" : word.equals("WRN") ? "93" : "92";
      line.append("\u001b[").append(code).append('m').append(word).append("\u001b[0m");
    } else {
      line.append(word);
    }
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> items) {
      var list = new StringBuilder("[");
      for (Object item : items) {
        if (list.length() > 1) {
          list.append(' ');
        }
        list.append(item);
      }
      return list.append(']').toString();
    }
    return String.valueOf(value);
  }

  private static String quoted(String text) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '"' && c != '=')) {
      return text;
    }
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }
}
