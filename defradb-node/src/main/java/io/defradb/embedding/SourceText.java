package io.defradb.embedding;

import io.defradb.document.Value;
import java.math.BigDecimal;

/**
 * The text that a vector is made of: each value on a line, written as the reference writes it, so
 * that the same model gives the same vector.
 */
public final class SourceText {
  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_BELOW = 1e21;
  private static final int EXPONENT_DIGITS_MIN = 2;

  private final StringBuilder text = new StringBuilder();

  /** A number, a text, or null. */
  public SourceText add(Value value) {
    text.append(
            switch (value.type()) {
              case NULL -> "<nil>";
              case TEXT -> ((Value.Text) value).value();
              case FLOAT64 -> number(((Value.Float64) value).value(), false);
              case FLOAT32 -> number(((Value.Float32) value).value(), true);
              case INT -> Long.toString(((Value.Int) value).value());
              case BOOL -> Boolean.toString(((Value.Bool) value).value());
              case LIST, MAP -> value.toString();
            })
        .append('\n');
    return this;
  }

  private static String number(double value, boolean isSingle) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    BigDecimal shortest =
        new BigDecimal(isSingle ? Float.toString((float) value) : Double.toString(value))
            .stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
      return shortest.toPlainString();
    }
    int exponent = shortest.precision() - shortest.scale() - 1;
    String digits = Integer.toString(Math.abs(exponent));
    return shortest.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + "0".repeat(Math.max(EXPONENT_DIGITS_MIN - digits.length(), 0))
        + digits;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
