package io.defradb.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCborPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void givenAnyValue_whenEncodedAndDecoded_thenItIsTheSame(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      FieldKind kind = kind(random);
      Value value = value(kind, random, 0);
      byte[] cbor = ValueCbor.encode(kind, value);
      assertThat(ValueCbor.decode(kind, cbor)).as("seed %d", seed).isEqualTo(value);
      byte[] inside = new byte[cbor.length + 9];
      System.arraycopy(cbor, 0, inside, 4, cbor.length);
      assertThat(ValueCbor.decode(kind, inside, 4, cbor.length))
          .as("seed %d", seed)
          .isEqualTo(value);
      assertThat(new JsonWriter().writeCbor(kind, cbor, 0, cbor.length).toBytes())
          .as("seed %d", seed)
          .isEqualTo(new JsonWriter().value(value).toBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void givenAnyBytes_whenDecodedOrPrinted_thenOnlyOurExceptionComesOut(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      FieldKind kind = kind(random);
      byte[] cbor = ValueCbor.encode(kind, value(kind, random, 0));
      byte[] damaged = Arrays.copyOf(cbor, Math.max(1, cbor.length - random.nextInt(3)));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      requireNoOtherException(() -> ValueCbor.decode(kind, damaged), seed);
      requireNoOtherException(
          () -> new JsonWriter().writeCbor(kind, damaged, 0, damaged.length), seed);
    }
  }

  @Test
  void givenDeepNesting_whenDecodedOrPrinted_thenItIsRefused() {
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 0x81);
    for (FieldKind kind : FieldKind.values()) {
      assertThatThrownBy(() -> ValueCbor.decode(kind, deep)).isInstanceOf(DefraException.class);
      assertThatThrownBy(() -> new JsonWriter().writeCbor(kind, deep, 0, deep.length))
          .isInstanceOf(DefraException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9affffffff",
        "bb7fffffffffffffff",
        "7b7fffffffffffffff",
        "5bffffffffffffffff",
        "9f00ff",
        ""
      })
  void givenALengthBeyondTheEnd_whenDecoded_thenItIsRefusedBeforeRoomIsMade(String hex) {
    byte[] cbor = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> ValueCbor.decode(cbor)).isInstanceOf(DefraException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z,f6",
    "0000-12-31T19:00:00-05:00,f6",
    "0001-01-01T05:30:00+05:30,f6",
    "0001-01-01T00:00:01Z,74303030312d30312d30315430303a30303a30315a"
  })
  void givenTheFirstInstantOfYearOne_whenEncoded_thenItIsNull(String text, String expected) {
    byte[] cbor = ValueCbor.encode(FieldKind.DATE_TIME, new Value.Text(text));
    assertThat(HexFormat.of().formatHex(cbor)).isEqualTo(expected);
  }

  private static void requireNoOtherException(Runnable action, long seed) {
    try {
      action.run();
    } catch (DefraException refused) {
      assertThat(refused.getMessage()).as("seed %d", seed).isNotEmpty();
    }
  }

  private static FieldKind kind(Random random) {
    var kinds = List.of(FieldKind.values());
    return kinds.get(random.nextInt(kinds.size()));
  }

  private static Value value(FieldKind kind, Random random, int depth) {
    FieldKind element = kind.element();
    if (random.nextInt(12) == 0) {
      return Value.NULL;
    }
    if (element != null) {
      return new Value.Items(
          Stream.generate(() -> value(element, random, 1)).limit(random.nextInt(40)).toList());
    }
    return switch (kind) {
      case BOOLEAN -> Value.Bool.of(random.nextBoolean());
      case INT -> new Value.Int(random.nextLong() >> random.nextInt(64));
      case FLOAT64 -> new Value.Float64(float64(random));
      case FLOAT32 -> new Value.Float32((float) float64(random));
      case JSON -> json(random, depth);
      case DATE_TIME -> new Value.Text("2026-01-02T03:04:05Z");
      default -> new Value.Text(text(random));
    };
  }

  private static Value json(Random random, int depth) {
    switch (random.nextInt(depth > 3 ? 3 : 5)) {
      case 0 -> {
        return new Value.Float64(float64(random));
      }
      case 1 -> {
        return new Value.Text(text(random));
      }
      case 2 -> {
        return Value.Bool.of(random.nextBoolean());
      }
      case 3 -> {
        return new Value.Items(
            Stream.generate(() -> json(random, depth + 1)).limit(random.nextInt(5)).toList());
      }
      default -> {
        var fields = new TreeMap<String, Value>(Utf8Order.INSTANCE);
        for (int i = random.nextInt(5); i > 0; i--) {
          fields.put(text(random), json(random, depth + 1));
        }
        return new Value.Fields(fields);
      }
    }
  }

  private static double float64(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isNaN(any) || random.nextBoolean() ? random.nextInt(2000) / 8.0 - 100 : any;
  }

  private static String text(Random random) {
    byte[] ascii = new byte[random.nextInt(40)];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) random.nextInt(128);
    }
    return new String(ascii, StandardCharsets.US_ASCII) + "é日😀".substring(0, random.nextInt(3));
  }
}
