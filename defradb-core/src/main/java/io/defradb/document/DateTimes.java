package io.defradb.document;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/**
 * DateTime texts: RFC 3339 as the reference reads and prints it (data-model specification, 2.1).
 * The offset is kept, the fraction is cut to nanoseconds and loses its trailing zeros, an offset of
 * zero is {@code Z}.
 */
public final class DateTimes {
  private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
  private static final int NANO_DIGITS = 9;

  private final String text;
  private int at;

  private DateTimes(String text) {
    this.text = text;
  }

  /** A moment with the offset it was written with. */
  private record Parsed(LocalDateTime local, int offsetSeconds) {
    Instant instant() {
      return local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds);
    }
  }

  /** The canonical text of an RFC 3339 text; throws {@code INVALID_VALUE}. */
  public static String canonical(String text) {
    if (isCanonical(text)) {
      return text;
    }
    Parsed parsed = new DateTimes(text).parse();
    LocalDateTime local = parsed.local();
    var out = new StringBuilder(36);
    digits(out, local.getYear(), 4).append('-');
    digits(out, local.getMonthValue(), 2).append('-');
    digits(out, local.getDayOfMonth(), 2).append('T');
    digits(out, local.getHour(), 2).append(':');
    digits(out, local.getMinute(), 2).append(':');
    digits(out, local.getSecond(), 2);
    int nanos = local.get(ChronoField.NANO_OF_SECOND);
    if (nanos > 0) {
      digits(out.append('.'), nanos, NANO_DIGITS);
      while (out.charAt(out.length() - 1) == '0') {
        out.setLength(out.length() - 1);
      }
    }
    int minutes = Math.abs(parsed.offsetSeconds()) / 60;
    if (minutes == 0) {
      return out.append('Z').toString();
    }
    digits(out.append(parsed.offsetSeconds() < 0 ? '-' : '+'), minutes / 60, 2).append(':');
    return digits(out, minutes % 60, 2).toString();
  }

  public static Instant instant(String text) {
    return new DateTimes(text).parse().instant();
  }

  /** Compares by instant. */
  public static int compare(String a, String b) {
    return instant(a).compareTo(instant(b));
  }

  /**
   * The commonest form, {@code 2026-01-02T03:04:05Z}, needs no second look when its numbers are in
   * range.
   */
  private static boolean isCanonical(String text) {
    if (text.length() != 20 || text.charAt(13) != ':' || text.charAt(19) != 'Z') {
      return false;
    }
    new DateTimes(text).parse();
    return true;
  }

  private Parsed parse() {
    int year = number(4, "2006");
    literal('-');
    int month = number(2, "01");
    requireRange(month >= 1 && month <= 12, "month");
    literal('-');
    int day = number(2, "02");
    literal('T');
    int hour = hour();
    requireRange(hour < 24, "hour");
    literal(':');
    int minute = number(2, "04");
    requireRange(minute < 60, "minute");
    literal(':');
    int second = number(2, "05");
    requireRange(second < 60, "second");
    int nanos = fraction();
    int offset = offset();
    if (at < text.length()) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE,
          "parsing time " + quoted(text) + ": extra text: " + quoted(text.substring(at)));
    }
    requireRange(day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth(), "day");
    return new Parsed(LocalDate.of(year, month, day).atTime(hour, minute, second, nanos), offset);
  }

  private int number(int width, String element) {
    int value = 0;
    for (int i = 0; i < width; i++) {
      if (at + i >= text.length() || !isDigit(text.charAt(at + i))) {
        throw cannotParse(text.substring(at), element);
      }
      value = value * 10 + text.charAt(at + i) - '0';
    }
    at += width;
    return value;
  }

  /** The reference takes one digit too. */
  private int hour() {
    boolean isOneDigit =
        at + 1 < text.length() && isDigit(text.charAt(at)) && text.charAt(at + 1) == ':';
    return number(isOneDigit ? 1 : 2, "15");
  }

  private void literal(char expected) {
    if (at >= text.length() || text.charAt(at) != expected) {
      throw cannotParse(text.substring(at), String.valueOf(expected));
    }
    at++;
  }

  private int fraction() {
    boolean isThere =
        at + 1 < text.length()
            && (text.charAt(at) == '.' || text.charAt(at) == ',')
            && isDigit(text.charAt(at + 1));
    if (!isThere) {
      return 0;
    }
    int nanos = 0;
    int count = 0;
    for (at++; at < text.length() && isDigit(text.charAt(at)); at++) {
      if (count < NANO_DIGITS) {
        nanos = nanos * 10 + text.charAt(at) - '0';
        count++;
      }
    }
    for (; count < NANO_DIGITS; count++) {
      nanos *= 10;
    }
    return nanos;
  }

  private int offset() {
    if (at < text.length() && text.charAt(at) == 'Z') {
      at++;
      return 0;
    }
    boolean isWhole =
        at + 6 <= text.length()
            && (text.charAt(at) == '+' || text.charAt(at) == '-')
            && text.charAt(at + 3) == ':';
    if (!isWhole) {
      throw cannotParse(text.substring(at), "Z07:00");
    }
    String rest = text.substring(at);
    for (int i : new int[] {1, 2, 4, 5}) {
      if (!isDigit(rest.charAt(i))) {
        throw cannotParse(rest, "Z07:00");
      }
    }
    int hours = Integer.parseInt(rest.substring(1, 3));
    int minutes = Integer.parseInt(rest.substring(4, 6));
    requireRange(hours <= 24, "time zone offset hour");
    requireRange(minutes <= 60, "time zone offset minute");
    at += 6;
    int seconds = (hours * 60 + minutes) * 60;
    return rest.charAt(0) == '-' ? -seconds : seconds;
  }

  private void requireRange(boolean isInRange, String what) {
    if (!isInRange) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE, "parsing time " + quoted(text) + ": " + what + " out of range");
    }
  }

  private DefraException cannotParse(String value, String element) {
    return new DefraException(
        ErrorCode.INVALID_VALUE,
        "parsing time "
            + quoted(text)
            + " as "
            + quoted(LAYOUT)
            + ": cannot parse "
            + quoted(value)
            + " as "
            + quoted(element));
  }

  /** As Go's time package quotes: what is not ASCII byte by byte. */
  private static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        out.append('\\').append((char) b);
      } else if (b < ' ') {
        out.append("\\x").append(HexFormat.of().toHexDigits(b));
      } else {
        out.append((char) b);
      }
    }
    return out.append('"').toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static StringBuilder digits(StringBuilder out, int value, int width) {
    String text = Integer.toString(value);
    return out.append("0".repeat(width - text.length())).append(text);
  }
}
