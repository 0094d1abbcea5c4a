package io.defradb.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal digits that read back as the same number, in the form of the HTTP API:
 * plain, and with an exponent below 1e-6 and from 1e21. (Before JDK 19 {@code Double.toString}
 * sometimes prints a digit too many.)
 */
final class Decimals {
  private static final double EXACT_INTEGER_MAX = 1L << 53;
  private static final int FRACTION_DIGITS_TRIED = 12;
  private static final double[] POWERS = new double[FRACTION_DIGITS_TRIED + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /** Not for NaN and infinities. */
  static String text(double value) {
    String simple = simple(value);
    return simple != null ? simple : layout(shortest(value));
  }

  static String text(float value) {
    if (value == Math.rint(value) && Math.abs(value) < 1 << 24) {
      return text((double) value);
    }
    return layout(shortest(value));
  }

  /** Whole numbers and short decimal fractions, which are most; {@code null} for the rest. */
  private static @org.jspecify.annotations.Nullable String simple(double value) {
    double magnitude = Math.abs(value);
    if (value == Math.rint(value)) {
      if (magnitude >= EXACT_INTEGER_MAX) {
        return null;
      }
      boolean isNegativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
      return isNegativeZero ? "-0" : Long.toString((long) value);
    }
    if (magnitude < 1e-6) {
      return null;
    }
    for (int digits = 1; digits <= FRACTION_DIGITS_TRIED; digits++) {
      double scaled = Math.rint(magnitude * POWERS[digits]);
      if (scaled >= 1e15) {
        return null;
      }
      if (scaled / POWERS[digits] == magnitude) {
        return plain(value < 0, Long.toString((long) scaled), digits);
      }
    }
    return null;
  }

  private static String plain(boolean isNegative, String digits, int fraction) {
    String padded = "0".repeat(Math.max(0, fraction + 1 - digits.length())) + digits;
    int point = padded.length() - fraction;
    return (isNegative ? "-" : "") + padded.substring(0, point) + '.' + padded.substring(point);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    for (int precision = digits.precision() - 1; precision > 0; precision--) {
      BigDecimal shorter =
          new BigDecimal(value).round(new MathContext(precision, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        break;
      }
      digits = shorter.stripTrailingZeros();
    }
    return digits;
  }

  private static BigDecimal shortest(float value) {
    BigDecimal digits = new BigDecimal(Float.toString(value)).stripTrailingZeros();
    for (int precision = digits.precision() - 1; precision > 0; precision--) {
      BigDecimal shorter =
          new BigDecimal(value).round(new MathContext(precision, RoundingMode.HALF_EVEN));
      if (shorter.floatValue() != value) {
        break;
      }
      digits = shorter.stripTrailingZeros();
    }
    return digits;
  }

  private static String layout(BigDecimal number) {
    int exponent = number.precision() - number.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return number.toPlainString();
    }
    String digits = number.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (number.signum() < 0 ? "-" : "")
        + mantissa
        + 'e'
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }
}
