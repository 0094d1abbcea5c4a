package io.defradb.document;

import java.time.Instant;

/** DateTime texts. */
public final class DateTimes {
  private DateTimes() {}

  /** The canonical text of an RFC 3339 text; throws {@code INVALID_VALUE}. */
  public static String canonical(String text) {
    throw new UnsupportedOperationException();
  }

  public static Instant instant(String text) {
    throw new UnsupportedOperationException();
  }

  /** Compares by instant. */
  public static int compare(String a, String b) {
    throw new UnsupportedOperationException();
  }
}
