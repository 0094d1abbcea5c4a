package io.defradb.http.endpoint.p2p;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 5s}, {@code 1m30s}, {@code 9.99s}, {@code 250ms}. */
final class DurationText {
  private static final int LENGTH_MAX = 64;
  private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");

  private DurationText() {}

  /** Throws {@code INVALID_ARGUMENT}; negative durations are none here. */
  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length()) {
      if (text.length() > LENGTH_MAX || !part.find(at) || part.start() != at) {
        throw fault("time: invalid duration \"" + text + "\"");
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2), text)));
      at = part.end();
    }
    try {
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException tooLong) {
      throw fault("time: invalid duration \"" + text + "\"");
    }
  }

  private static BigDecimal unit(String unit, String text) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us", "µs", "μs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "" -> throw fault("time: missing unit in duration \"" + text + "\"");
          default ->
              throw fault("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
        });
  }

  private static DefraException fault(String text) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, text);
  }
}
