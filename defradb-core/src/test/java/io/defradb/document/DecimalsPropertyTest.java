package io.defradb.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givenAnyDouble_whenPrinted_thenItReadsBackAndNoShorterTextWould(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      requireShortest(Math.abs(Double.longBitsToDouble(random.nextLong())), seed);
      requireShortest(random.nextInt(1_000_000) / Math.pow(10, random.nextInt(9)), seed);
      requireShortest(Math.scalb(1.0, random.nextInt(2046) - 1022), seed);
      requireShortest(Double.longBitsToDouble(random.nextLong(1L << random.nextInt(53))), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givenAnyFloat_whenPrinted_thenItReadsBackAndNoShorterTextWould(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      requireShortest(Math.abs(Float.intBitsToFloat(random.nextInt())), seed);
      requireShortest(random.nextInt(10_000) / 1_000f, seed);
      requireShortest(Math.scalb(1f, random.nextInt(254) - 126), seed);
      requireShortest(Float.intBitsToFloat(random.nextInt(1 << random.nextInt(24))), seed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-0.25,-0.25",
    "-1e-7,-1e-07",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "-2,-2",
    "1e21,1e+21",
    "1e-300,1e-300"
  })
  void givenANumberInAMessage_whenPrinted_thenItHasTheReferencesForm(
      double number, String expected) {
    assertThat(Decimals.messageText(number)).isEqualTo(expected);
  }

  private static void requireShortest(double number, long seed) {
    if (!Double.isFinite(number) || number == 0) {
      return;
    }
    byte[] out = new byte[Decimals.BYTES_MAX];
    String text =
        new String(out, 0, new Decimals().write(number, out, 0), StandardCharsets.US_ASCII);
    BigDecimal printed = new BigDecimal(text);
    assertThat(printed.doubleValue()).as("seed %d, %s", seed, text).isEqualTo(number);
    int digits = printed.stripTrailingZeros().precision();
    BigDecimal exact = new BigDecimal(number);
    if (digits > 1) {
      assertThat(exact.round(new MathContext(digits - 1, RoundingMode.FLOOR)).doubleValue())
          .isNotEqualTo(number);
      assertThat(exact.round(new MathContext(digits - 1, RoundingMode.CEILING)).doubleValue())
          .isNotEqualTo(number);
    }
    BigDecimal closest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (closest.doubleValue() == number) {
      assertThat(printed).as("seed %d", seed).isEqualByComparingTo(closest);
    }
  }

  private static void requireShortest(float number, long seed) {
    if (!Float.isFinite(number) || number == 0) {
      return;
    }
    byte[] out = new byte[Decimals.BYTES_MAX];
    String text =
        new String(out, 0, new Decimals().write(number, out, 0), StandardCharsets.US_ASCII);
    BigDecimal printed = new BigDecimal(text);
    assertThat(printed.floatValue()).as("seed %d, %s", seed, text).isEqualTo(number);
    int digits = printed.stripTrailingZeros().precision();
    BigDecimal exact = new BigDecimal(number);
    if (digits > 1) {
      assertThat(exact.round(new MathContext(digits - 1, RoundingMode.FLOOR)).floatValue())
          .isNotEqualTo(number);
      assertThat(exact.round(new MathContext(digits - 1, RoundingMode.CEILING)).floatValue())
          .isNotEqualTo(number);
    }
  }
}
