package io.defradb.db.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Lz4ReaderPropertyTest {
  private static final int TRIES = 300;

  /** Few different bytes: they repeat at short and at long distances. */
  private static byte[] plain(Random random) {
    byte[] part = new byte[random.nextInt(2000)];
    int kinds = 1 + random.nextInt(20);
    for (int i = 0; i < part.length; i++) {
      part[i] = (byte) random.nextInt(kinds);
    }
    byte[] rest = new byte[random.nextInt(2000)];
    System.arraycopy(part, 0, rest, 0, Math.min(rest.length, part.length));
    return new ByteSink(1).prefixed(part).raw(rest).toBytes();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theFirstPartIsTheBeginningOfThePlainBytes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TRIES; i++) {
      byte[] plain = plain(random);
      byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(plain);
      byte[] first = Lz4Reader.firstPart(packed, 0, plain.length);
      byte[] wanted = plain(new ByteSource(plain));
      assertThat(plain(new ByteSource(first))).isEqualTo(wanted);
    }
  }

  private static byte[] plain(ByteSource in) {
    byte[] part = new byte[in.count()];
    in.copyTo(part, 0, part.length);
    return part;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5})
  void whatWasCutOrChangedIsReadOrRefusedAndNothingElse(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TRIES; i++) {
      byte[] plain = plain(random);
      byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(plain);
      byte[] changed = Arrays.copyOf(packed, random.nextInt(packed.length + 1));
      for (int hit = random.nextInt(4); hit > 0 && changed.length > 0; hit--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        Lz4Reader.firstPart(changed, 0, plain.length);
      } catch (DefraException refused) {
        assertThat(refused.code()).isEqualTo(io.defradb.error.ErrorCode.CORRUPT);
      }
    }
    assertThatThrownBy(() -> Lz4Reader.firstPart(new byte[0], 0, 1))
        .isInstanceOf(DefraException.class);
  }
}
