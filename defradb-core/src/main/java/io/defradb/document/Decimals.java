package io.defradb.document;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The shortest decimal digits that read back as the same number, the closest of those, and the
 * forms in which the reference prints them. ({@code Double.toString} of this Java version sometimes
 * has a digit too many, JDK-4511638.) Holds the digits of the last number: for one thread.
 *
 * <p>The method is Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2021): of the
 * decimals with the greatest exponent that is surely fine enough, at most four are candidates, and
 * multiplying with 126 bits of a power of ten tells which lie in the interval that rounds to the
 * number.
 */
public final class Decimals {
  /** Bytes that {@link #write} needs at most. */
  static final int BYTES_MAX = 32;

  private static final int DOUBLE_MANTISSA_BITS = 52;
  private static final int DOUBLE_EXPONENT_MIN = -1074;
  private static final int FLOAT_MANTISSA_BITS = 23;
  private static final int FLOAT_EXPONENT_MIN = -149;

  private static final int POWER_MIN = -324;
  private static final int POWER_MAX = 292;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** For every power k the 126 leading bits of 10^-k, rounded up: two times 63 bits. */
  private static final long[] POWERS = powers();

  private static final int PLAIN_EXPONENT_MAX = 20;

  private long digits;
  private int exponent;

  Decimals() {}

  /**
   * The JSON form: with an exponent below 1e-6 and from 1e21, {@code 1e-7}. Finite numbers only.
   */
  int write(double value, byte[] out, int at) {
    int start = sign(Double.doubleToRawLongBits(value) < 0, out, at);
    decompose(Math.abs(value));
    return layout(out, start, -6, 1);
  }

  /** As {@link #write(double, byte[], int)}, with the digits that single precision needs. */
  int write(float value, byte[] out, int at) {
    int start = sign(Float.floatToRawIntBits(value) < 0, out, at);
    decompose(Math.abs(value));
    return layout(out, start, -6, 1);
  }

  /** The form of error texts: with an exponent below 1e-4 and from 1e21, {@code 1e-07}. */
  public static String messageText(double value) {
    var decimals = new Decimals();
    decimals.decompose(Math.abs(value));
    return decimals.messageText(value, Double.doubleToRawLongBits(value) < 0);
  }

  /** As {@link #messageText(double)}, with the digits that single precision needs. */
  public static String messageText(float value) {
    var decimals = new Decimals();
    decimals.decompose(Math.abs(value));
    return decimals.messageText(value, Float.floatToRawIntBits(value) < 0);
  }

  private String messageText(double value, boolean isNegative) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : isNegative ? "-Inf" : "+Inf";
    }
    byte[] out = new byte[BYTES_MAX];
    int end = layout(out, sign(isNegative, out, 0), -4, 2);
    return new String(out, 0, end, StandardCharsets.US_ASCII);
  }

  private static int sign(boolean isNegative, byte[] out, int at) {
    if (isNegative) {
      out[at++] = '-';
    }
    return at;
  }

  private void decompose(double magnitude) {
    if (!Double.isFinite(magnitude)) {
      return;
    }
    long bits = Double.doubleToRawLongBits(magnitude);
    int biased = (int) (bits >>> DOUBLE_MANTISSA_BITS);
    long mantissa = bits & (1L << DOUBLE_MANTISSA_BITS) - 1;
    boolean isPowerOfTwo = mantissa == 0 && biased > 1;
    if (biased > 0) {
      mantissa |= 1L << DOUBLE_MANTISSA_BITS;
    }
    shorten(mantissa, DOUBLE_EXPONENT_MIN + Math.max(biased - 1, 0), isPowerOfTwo);
  }

  private void decompose(float magnitude) {
    if (!Float.isFinite(magnitude)) {
      return;
    }
    int bits = Float.floatToRawIntBits(magnitude);
    int biased = bits >>> FLOAT_MANTISSA_BITS;
    int mantissa = bits & (1 << FLOAT_MANTISSA_BITS) - 1;
    boolean isPowerOfTwo = mantissa == 0 && biased > 1;
    if (biased > 0) {
      mantissa |= 1 << FLOAT_MANTISSA_BITS;
    }
    shorten(mantissa, FLOAT_EXPONENT_MIN + Math.max(biased - 1, 0), isPowerOfTwo);
  }

  /**
   * Sets digits and exponent for {@code mantissa * 2^binary}. Below a power of two the next number
   * is only half as far away as above it.
   */
  private void shorten(long mantissa, int binary, boolean isPowerOfTwo) {
    if (mantissa == 0) {
      digits = 0;
      exponent = 0;
      return;
    }
    int odd = (int) mantissa & 1; // an odd number does not own the ends of its interval
    int power = isPowerOfTwo ? floorLog10OfThreeQuarters(binary) : floorLog10OfTwoTo(binary);
    int shift = binary + floorLog2OfTenTo(-power) + 2;
    long high = POWERS[2 * (power - POWER_MIN)];
    long low = POWERS[2 * (power - POWER_MIN) + 1];
    long quadruple = mantissa << 2;
    long value = scaled(high, low, quadruple << shift);
    long lower = scaled(high, low, (quadruple - (isPowerOfTwo ? 1 : 2)) << shift) + odd;
    long upper = scaled(high, low, (quadruple + 2) << shift) - odd;
    long floor = value >> 2;
    if (floor >= 10) {
      long tens = floor / 10;
      boolean isBelowIn = lower <= tens * 40;
      boolean isAboveIn = tens * 40 + 40 <= upper;
      if (isBelowIn != isAboveIn) {
        keep(isBelowIn ? tens : tens + 1, power + 1);
        return;
      }
    }
    boolean isFloorIn = lower <= floor << 2;
    boolean isCeilingIn = (floor << 2) + 4 <= upper;
    long toMiddle = value - ((floor << 2) + 2);
    boolean isFloorCloser = toMiddle < 0 || (toMiddle == 0 && (floor & 1) == 0);
    boolean isFloorTaken = isFloorIn != isCeilingIn ? isFloorIn : isFloorCloser;
    keep(isFloorTaken ? floor : floor + 1, power);
  }

  private void keep(long shortest, int power) {
    digits = shortest;
    exponent = power;
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
  }

  /** The product's upper part; its lowest bit is set when anything was cut off ("round to odd"). */
  private static long scaled(long high, long low, long factor) {
    long carry = ((high * factor) >>> 1) + Math.multiplyHigh(low, factor);
    long whole = Math.multiplyHigh(high, factor) + (carry >>> 63);
    return whole | ((carry & LOW_63) + LOW_63) >>> 63;
  }

  private static int floorLog10OfTwoTo(int binary) {
    return (int) ((binary * 661_971_961_083L) >> 41);
  }

  private static int floorLog10OfThreeQuarters(int binary) {
    return (int) ((binary * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int floorLog2OfTenTo(int decimal) {
    return (int) ((decimal * 913_124_641_741L) >> 38);
  }

  private static long[] powers() {
    long[] table = new long[2 * (POWER_MAX - POWER_MIN + 1)];
    for (int power = POWER_MIN; power <= POWER_MAX; power++) {
      int shift = floorLog2OfTenTo(-power) - 125;
      BigInteger scale = BigInteger.TEN.pow(Math.abs(power));
      BigInteger leading =
          power <= 0 ? scale.shiftRight(shift) : BigInteger.ONE.shiftLeft(-shift).divide(scale);
      leading = leading.add(BigInteger.ONE);
      table[2 * (power - POWER_MIN)] = leading.shiftRight(63).longValueExact();
      table[2 * (power - POWER_MIN) + 1] = leading.longValue() & LOW_63;
    }
    return table;
  }

  private int layout(byte[] out, int at, int plainExponentMin, int exponentDigitsMin) {
    int count = digitCount(digits);
    int scientific = exponent + count - 1;
    if (digits == 0 || (exponent >= 0 && scientific <= PLAIN_EXPONENT_MAX)) {
      return zeros(out, put(digits, count, out, at), exponent);
    }
    if (scientific >= 0 && scientific <= PLAIN_EXPONENT_MAX) {
      return pointed(out, at, count, scientific + 1);
    }
    if (scientific < 0 && scientific >= plainExponentMin) {
      out[at++] = '0';
      out[at++] = '.';
      return put(digits, count, out, zeros(out, at, -scientific - 1));
    }
    int end = count == 1 ? put(digits, count, out, at) : pointed(out, at, count, 1);
    out[end++] = 'e';
    out[end++] = (byte) (scientific < 0 ? '-' : '+');
    int magnitude = Math.abs(scientific);
    return put(magnitude, Math.max(digitCount(magnitude), exponentDigitsMin), out, end);
  }

  private int pointed(byte[] out, int at, int count, int before) {
    int end = put(digits, count, out, at);
    System.arraycopy(out, at + before, out, at + before + 1, count - before);
    out[at + before] = '.';
    return end + 1;
  }

  private static int zeros(byte[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at++] = '0';
    }
    return at;
  }

  static int digitCount(long number) {
    int count = 1;
    for (long bound = 10; count < 19 && number >= bound; bound *= 10) {
      count++;
    }
    return count;
  }

  /** Writes {@code count} digits and answers the index behind them. */
  static int put(long number, int count, byte[] out, int at) {
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    return at + count;
  }
}
