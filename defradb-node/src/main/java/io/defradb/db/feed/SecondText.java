package io.defradb.db.feed;

import io.defradb.document.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Prints times as {@link Instant#toString} does. Entries follow one another closely, so that the
 * text of the second is mostly known. For one thread.
 */
final class SecondText {
  private static final int SECOND_CHARS = "2026-01-02T03:04:05".length();
  private static final int NANO_DIGITS = 9;

  private long second = Long.MIN_VALUE;
  private byte[] text = new byte[0];

  void write(Instant time, JsonWriter json) {
    int nanos = time.getNano();
    if (time.getEpochSecond() != second) {
      second = time.getEpochSecond();
      String whole = Instant.ofEpochSecond(second).toString();
      text = ("\"" + whole).getBytes(StandardCharsets.US_ASCII);
    }
    int digits = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : NANO_DIGITS;
    if (digits == 0 || text.length != SECOND_CHARS + 2) {
      json.string(time.toString());
      return;
    }
    byte[] full = Arrays.copyOf(text, SECOND_CHARS + 1 + 1 + digits + 2);
    int at = SECOND_CHARS + 1;
    full[at++] = '.';
    int unit = 100_000_000;
    for (int i = 0; i < digits; i++, unit /= 10) {
      full[at++] = (byte) ('0' + nanos / unit % 10);
    }
    full[at++] = 'Z';
    full[at] = '"';
    json.raw(full, 0, full.length);
  }
}
