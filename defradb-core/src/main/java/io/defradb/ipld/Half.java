package io.defradb.ipld;

/** Floats of 16 bits (IEEE 754 binary16), which this Java version has no type for. */
final class Half {
  private static final int CANONICAL_NAN = 0x7e00;
  private static final int MANTISSA_BITS_CUT = 13;

  private Half() {}

  /**
   * The 16 bits that hold {@code value} exactly; -1 when none do. Every NaN is the canonical one.
   */
  static int bitsOf(float value) {
    if (Float.isNaN(value)) {
      return CANONICAL_NAN;
    }
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude == 0) {
      return sign;
    }
    if (Float.isInfinite(value)) {
      return sign | 0x7c00;
    }
    int exponent = (magnitude >>> 23) - 127;
    int mantissa = magnitude & 0x7fffff;
    if (exponent >= -14 && exponent <= 15) {
      boolean isExact = (mantissa & (1 << MANTISSA_BITS_CUT) - 1) == 0;
      return isExact ? sign | (exponent + 15) << 10 | mantissa >>> MANTISSA_BITS_CUT : -1;
    }
    if (exponent >= -24 && exponent < -14) {
      int full = mantissa | 0x800000;
      int shift = MANTISSA_BITS_CUT - 14 - exponent;
      boolean isExact = (full & (1 << shift) - 1) == 0;
      return isExact ? sign | full >>> shift : -1;
    }
    return -1;
  }

  static float valueOf(int bits) {
    int exponent = bits >>> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = mantissa * 0x1p-24f;
    } else if (exponent == 31) {
      magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | mantissa << MANTISSA_BITS_CUT);
    }
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }
}
