package io.defradb.db.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Lz4WriterPropertyTest {
  private final Lz4Writer writer = new Lz4Writer();

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void givenValuesOneAfterTheOther_whenWritten_thenTheLibraryReadsThemBack(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      byte[] value = value(random, random.nextInt(i % 50 == 0 ? 300_000 : 3_000));
      assertThat(unpacked(packed(value), value.length)).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void givenEveryShortLength_whenWritten_thenTheLibraryReadsItBack() {
    for (int length = 0; length < 300; length++) {
      byte[] same = new byte[length];
      byte[] counted = new byte[length];
      for (int i = 0; i < length; i++) {
        counted[i] = (byte) i;
      }
      assertThat(unpacked(packed(same), length)).isEqualTo(same);
      assertThat(unpacked(packed(counted), length)).isEqualTo(counted);
    }
  }

  @Test
  void givenAValueThatRepeatsItself_whenWritten_thenItIsMuchShorter() {
    byte[] value =
        "bae-0f1d22a4-98b5-5c0e-8d3c-c3ac44ae0e5c "
            .repeat(40)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThat(packed(value)).hasSizeLessThan(80);
  }

  private byte[] packed(byte[] value) {
    byte[] longer = Arrays.copyOf(value, value.length + 7); // only its beginning counts
    byte[] out = new byte[3 + Lz4Writer.lengthMax(value.length)];
    return Arrays.copyOfRange(out, 3, writer.write(longer, value.length, out, 3));
  }

  private static byte[] unpacked(byte[] packed, int length) {
    return LZ4Factory.safeInstance()
        .safeDecompressor()
        .decompress(packed, 0, packed.length, length);
  }

  /** Repeats itself more or less, near and far. */
  private static byte[] value(Random random, int length) {
    byte[] value = new byte[length];
    random.nextBytes(value);
    int repeated = random.nextInt(1 + length / 8);
    for (int i = 0; i < repeated; i++) {
      int count = random.nextInt(1 + Math.min(400, length / 2));
      int from = random.nextInt(length - count + 1);
      int to = random.nextInt(length - count + 1);
      System.arraycopy(value, from, value, to, count);
    }
    return value;
  }
}
