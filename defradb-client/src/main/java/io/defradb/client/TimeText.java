package io.defradb.client;

import java.time.Instant;

/**
 * Parses times of the node. Entries follow one another closely, so that the second is mostly known
 * and only its fraction is read. For one thread.
 */
final class TimeText {
  private static final int SECOND_CHARS = "2026-01-02T03:04:05".length();
  private static final int NANO_DIGITS = 9;

  private String text = "";
  private long second;

  Instant parse(String time) {
    int digits = time.length() - SECOND_CHARS - 2;
    if (text.isEmpty()
        || digits < 1
        || digits > NANO_DIGITS
        || time.charAt(SECOND_CHARS) != '.'
        || !time.startsWith(text)) {
      Instant whole = Instant.parse(time);
      boolean isPlain = time.length() > SECOND_CHARS && time.charAt(4) == '-';
      text = isPlain ? time.substring(0, SECOND_CHARS) : "";
      second = whole.getEpochSecond();
      return whole;
    }
    int nanos = 0;
    for (int i = 0; i < NANO_DIGITS; i++) {
      int digit = i < digits ? time.charAt(SECOND_CHARS + 1 + i) - '0' : 0;
      nanos = nanos * 10 + digit;
    }
    return Instant.ofEpochSecond(second, nanos);
  }
}
