package io.defradb.document;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/**
 * The numbers of a JSON text, with the reference's results and errors.
 *
 * <p>Numbers with an exponent are not rounded correctly: the reference multiplies the rounded
 * mantissa by a power of ten, which is off by a last bit for about every third such number. DocIDs
 * depend on the bytes, so ours come out the same. (Behaviour of the library fastjson/fastfloat;
 * mantissas of 17 characters and more, and exponents above 300, it rounds correctly.)
 */
final class JsonNumbers {
  private static final int INTEGER_CHARACTERS_MAX = 18;
  private static final int MANTISSA_CHARACTERS_MAX = 16;
  private static final int EXPONENT_MAX = 300;

  /** Powers of ten up to 31, which the reference's larger ones are products of. */
  private static final double[] SMALL_POWERS = new double[32];

  private static final double[] LARGE_POWERS = new double[10];
  private static final double[] LARGE_NEGATIVE_POWERS = new double[11];

  static {
    for (int i = 0; i < SMALL_POWERS.length; i++) {
      SMALL_POWERS[i] = Double.parseDouble("1e" + i);
    }
    for (int i = 0; i < LARGE_POWERS.length; i++) {
      LARGE_POWERS[i] = Double.parseDouble("1e" + 32 * i);
    }
    for (int i = 0; i < LARGE_NEGATIVE_POWERS.length; i++) {
      LARGE_NEGATIVE_POWERS[i] = Double.parseDouble("1e-" + 32 * i);
    }
  }

  private JsonNumbers() {}

  /** Digits with an optional minus, 64 bits. */
  static long integer(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int end = digitsEnd(text, from);
    if (end > INTEGER_CHARACTERS_MAX) {
      return longInteger(text);
    }
    if (end == from) {
      throw invalid("cannot parse int64 from " + Quotation.of(text));
    }
    if (end < text.length()) {
      throw invalid(
          "unparsed tail left after parsing int64 form "
              + Quotation.of(text)
              + ": "
              + Quotation.of(text.substring(end)));
    }
    return Long.parseLong(text);
  }

  private static long longInteger(String text) {
    boolean isWhole = digitsEnd(text, text.startsWith("-") ? 1 : 0) == text.length();
    try {
      if (isWhole) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE,
          "strconv.ParseInt: parsing " + Quotation.of(text) + ": value out of range",
          e);
    }
    throw invalid("strconv.ParseInt: parsing " + Quotation.of(text) + ": invalid syntax");
  }

  /** A decimal number, or {@code nan} and {@code inf} in any case; too large is infinite. */
  static double float64(String text) {
    boolean isNegative = text.startsWith("-");
    int from = isNegative ? 1 : 0;
    if (from == text.length()) {
      throw invalid("cannot parse float64 from " + Quotation.of(text));
    }
    double magnitude = magnitude(text, from);
    return isNegative ? -magnitude : magnitude;
  }

  private static double magnitude(String text, int from) {
    boolean startsWithPoint = text.charAt(from) == '.';
    int wholeEnd = digitsEnd(text, from);
    if (startsWithPoint && digitsEnd(text, from + 1) == from + 1) {
      throw invalid("missing integer and fractional part in " + Quotation.of(text));
    }
    if (wholeEnd == from && !startsWithPoint) {
      return named(text, from);
    }
    if (wholeEnd > INTEGER_CHARACTERS_MAX) {
      return exact(text, from);
    }
    if (wholeEnd == text.length()) {
      return Long.parseLong(text, from, wholeEnd, 10);
    }
    double mantissa = wholeEnd == from ? 0 : Long.parseLong(text, from, wholeEnd, 10);
    int at = wholeEnd;
    if (text.charAt(at) == '.') {
      at = digitsEnd(text, wholeEnd + 1);
      if (at - from > MANTISSA_CHARACTERS_MAX && at > wholeEnd + 1) {
        return exact(text, from);
      }
      if (at > wholeEnd + 1) {
        long digits =
            Long.parseLong(text.substring(from, wholeEnd) + text.substring(wholeEnd + 1, at));
        mantissa = digits / SMALL_POWERS[at - wholeEnd - 1];
      }
      if (at == text.length()) {
        return mantissa;
      }
    }
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      throw invalid("cannot parse float64 from " + Quotation.of(text));
    }
    return mantissa(text, from, mantissa, at + 1);
  }

  private static double mantissa(String text, int from, double mantissa, int exponentAt) {
    boolean isNegative = text.startsWith("-", exponentAt);
    boolean isSigned = isNegative || text.startsWith("+", exponentAt);
    int digitsAt = isSigned ? exponentAt + 1 : exponentAt;
    int end = digitsEnd(text, digitsAt);
    if (end == digitsAt) {
      throw invalid("cannot parse exponent in " + Quotation.of(text));
    }
    int exponent = 0;
    for (int i = digitsAt; i < end; i++) {
      exponent = exponent * 10 + text.charAt(i) - '0';
      if (exponent > EXPONENT_MAX) {
        return exact(text, from);
      }
    }
    if (end < text.length()) {
      throw invalid("cannot parse float64 from " + Quotation.of(text));
    }
    return mantissa * (isNegative ? negativePower(exponent) : power(exponent));
  }

  private static double power(int exponent) {
    return LARGE_POWERS[exponent / 32] * SMALL_POWERS[exponent % 32];
  }

  private static double negativePower(int exponent) {
    return LARGE_NEGATIVE_POWERS[exponent / 32] / SMALL_POWERS[exponent % 32];
  }

  private static double named(String text, int from) {
    int at = text.startsWith("+", from) ? from + 1 : from;
    String name = text.substring(at);
    if (name.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (name.equalsIgnoreCase("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    throw invalid(
        "unparsed tail left after parsing float64 from "
            + Quotation.of(text)
            + ": "
            + Quotation.of(name));
  }

  /** Correctly rounded. */
  private static double exact(String text, int from) {
    try {
      return Double.parseDouble(text.substring(from));
    } catch (NumberFormatException e) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE,
          "strconv.ParseFloat: parsing " + Quotation.of(text) + ": invalid syntax",
          e);
    }
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static DefraException invalid(String text) {
    return new DefraException(ErrorCode.INVALID_VALUE, text);
  }
}
