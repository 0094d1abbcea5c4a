package io.defradb.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
  @ParameterizedTest
  @CsvSource({
    "1.0,1",
    "-0.0,-0",
    "0.1,0.1",
    "1e21,1e+21",
    "1e20,100000000000000000000",
    "1e-6,0.000001",
    "1e-7,1e-7",
    "-1.5e-9,-1.5e-9",
    "2e-3,0.002",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "5e-324,5e-324",
    "2.2250738585072014e-308,2.2250738585072014e-308",
    "123456789.125,123456789.125",
    "9007199254740993,9007199254740992",
    "1e23,1e+23",
    "2e23,2e+23",
    "3.141592653589793,3.141592653589793"
  })
  void givenADouble_whenWritten_thenItsShortestFormComesOut(double number, String expected) {
    assertThat(text(new JsonWriter().number(number))).isEqualTo(expected);
  }

  @Test
  void givenFloats_whenWritten_thenSinglePrecisionDecides() {
    assertThat(text(new JsonWriter().number(0.1f))).isEqualTo("0.1");
    assertThat(text(new JsonWriter().number(16777216f))).isEqualTo("16777216");
    assertThat(text(new JsonWriter().number(3.4028235e38f))).isEqualTo("3.4028235e+38");
  }

  @Test
  void givenText_whenWritten_thenItIsEscapedAsTheHttpApiDoes() {
    String text = "a\"b\\c<d>&e\n\t\u0001\u2028\u2029é😀/\u007f";
    String expected = "\"a\\\"b\\\\c\\u003cd\\u003e\\u0026e\\n\\t\\u0001\\u2028\\u2029é😀/\u007f\"";
    assertThat(text(new JsonWriter().string(text))).isEqualTo(expected);
    byte[] cbor = ValueCbor.encode(FieldKind.STRING, new Value.Text(text));
    assertThat(text(new JsonWriter().writeCbor(FieldKind.STRING, cbor, 0, cbor.length)))
        .isEqualTo(expected);
  }

  @Test
  void givenNestedParts_whenWritten_thenCommasStandBetweenThem() {
    var out =
        new JsonWriter().beginObject().name("a").beginArray().number(1).number(-20).endArray();
    out.name("b").beginObject().endObject().name("c").nullValue().endObject();
    assertThat(text(out)).isEqualTo("{\"a\":[1,-20],\"b\":{},\"c\":null}");
  }

  @Test
  void givenTextThatIsNoUtf8_whenWritten_thenEveryBadByteIsAReplacementCharacter() {
    byte[] text = {0x67, 'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0xe2, (byte) 0x80, 'b'};
    String expected = "\"a\\ufffdé\\ufffd\\ufffdb\"";
    assertThat(text(new JsonWriter().writeCbor(FieldKind.STRING, text, 0, text.length)))
        .isEqualTo(expected);
    assertThat(text(new JsonWriter().value(ValueCbor.decode(text)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"62", "6261", "78", "7802", "780261", "62616161", "6161f6", "a0", "d82a", "19ff"})
  void givenBytesThatAreNoString_whenWritten_thenTheyAreRefused(String hex) {
    byte[] cbor = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> new JsonWriter().writeCbor(FieldKind.STRING, cbor, 0, cbor.length))
        .isInstanceOf(DefraException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givenRandomText_whenWrittenFromCborAndFromAValue_thenBothReadTheSame(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String written = text(random);
      byte[] cbor = ValueCbor.encode(FieldKind.STRING, new Value.Text(written));
      String json = text(new JsonWriter().string(written));
      assertThat(text(new JsonWriter().writeCbor(FieldKind.STRING, cbor, 0, cbor.length)))
          .as("seed %d", seed)
          .isEqualTo(json);
      assertThat(DocumentJson.parseValue(FieldKind.STRING, json.getBytes(StandardCharsets.UTF_8)))
          .as("seed %d", seed)
          .isEqualTo(new Value.Text(written));
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int left = random.nextInt(300); left > 0; left--) {
      int point = random.nextInt(1 << (4 + random.nextInt(17)));
      boolean isCharacter = point <= Character.MAX_CODE_POINT && (point < 0xd800 || point > 0xdfff);
      text.appendCodePoint(isCharacter ? point : 'x');
    }
    return text.toString();
  }

  private static String text(JsonWriter out) {
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }
}
