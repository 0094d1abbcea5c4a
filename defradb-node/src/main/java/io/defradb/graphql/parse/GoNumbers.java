package io.defradb.graphql.parse;

import java.math.BigDecimal;
import java.util.Locale;

/** Floats as Go's {@code %v} prints them: the shortest digits, an exponent from 6 places on. */
final class GoNumbers {
  private static final int PLACES_MAX = 6;
  private static final int PLACES_MIN = -4;

  private GoNumbers() {}

  static String print(double number) {
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= PLACES_MIN && exponent < PLACES_MAX) {
      return shortest.toPlainString();
    }
    return shortest.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + String.format(Locale.ROOT, "e%+03d", exponent);
  }
}
