package io.defradb.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentJsonTest {
  private static final FieldKinds KINDS =
      Map.of("s", FieldKind.STRING, "i", FieldKind.INT, "j", FieldKind.JSON)::get;

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("", "cannot parse JSON: cannot parse empty string; unparsed tail: \"\""),
        Arguments.of(
            "{", "cannot parse JSON: cannot parse object: missing '}'; unparsed tail: \"\""),
        Arguments.of(
            "{name: \"Eric\"}",
            "cannot parse JSON: cannot parse object: cannot find opening '\"\" for object key;"
                + " unparsed tail: \"name: \\\"Eric\\\"}\""),
        Arguments.of(
            "{\"j\":[1,}",
            "cannot parse JSON: cannot parse object: cannot parse object value: cannot parse array:"
                + " cannot parse array value: cannot parse number: unexpected char: \"}\";"
                + " unparsed tail: \"}\""),
        Arguments.of("{} x", "unexpected tail: \"x\""),
        Arguments.of(
            "[".repeat(301),
            "cannot parse JSON: "
                + "cannot parse array: cannot parse array value: ".repeat(300)
                + "too big depth for the nested JSON; it exceeds 300; unparsed tail: \"[\""));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void givenAMalformedText_whenParsed_thenTheErrorSaysWhereAsTheReferenceDoes(
      String json, String error) {
    assertThatThrownBy(() -> DocumentJson.parse(json, KINDS)).hasMessage(error);
  }

  @Test
  void givenSurrogateEscapes_whenParsed_thenPairsAreOneCharacterAndLoneOnesStay() {
    String json = "{\"s\":\"\\ud83d\\ude00 \\ud800 \\udc00x \\ud800\\u0041 \\u12 \\q\"}";
    assertThat(DocumentJson.parse(json, KINDS))
        .containsEntry("s", new Value.Text("😀 \\ud800 \\udc00x \ufffd \\u12 \\q"));
  }

  @Test
  void givenFieldsInAnyOrder_whenParsed_thenTheOrderStaysAndTheLastOfARepeatedFieldWins() {
    var fields = DocumentJson.parse("{\"s\":\"a\",\"i\":1,\"s\":\"b\"}", KINDS);
    assertThat(fields).containsEntry("s", new Value.Text("b")).containsEntry("i", new Value.Int(1));
  }

  @Test
  void givenAnArray_whenParsed_thenEveryElementMustBeADocument() {
    byte[] documents = " [{\"i\":1},{\"i\":2}]".getBytes(StandardCharsets.UTF_8);
    assertThat(DocumentJson.isArray(documents)).isTrue();
    assertThat(DocumentJson.parseAll(documents, KINDS))
        .isEqualTo(List.of(Map.of("i", new Value.Int(1)), Map.of("i", new Value.Int(2))));
    byte[] mixed = "[{\"i\":1},3]".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DocumentJson.parseAll(mixed, KINDS))
        .hasMessage("value doesn't contain object; it contains number");
  }

  @ParameterizedTest
  @CsvSource({
    "1e5,100000.0",
    "-1.5e-7,-1.5e-7",
    "1e300,1e300",
    "1e301,1e301",
    ".5,0.5",
    "007,7.0",
    "-inf,-Infinity",
    "+INF,Infinity",
    "12345678901234567890,1.2345678901234567e19",
    "0.12345678901234567,0.12345678901234567"
  })
  void givenANumber_whenReadAsFloat_thenItIsTheReferences(String text, double expected) {
    assertThat(JsonNumbers.float64(text)).isEqualTo(expected);
  }

  /** 7 * 1e23 and 3 * 1e-1 are not the numbers closest to 7e23 and 0.3. */
  @Test
  void givenNumbersWithExponents_whenReadAsFloat_thenTheyAreRoundedTwiceAsByTheReference() {
    assertThat(JsonNumbers.float64("7e23"))
        .isEqualTo(7 * Double.parseDouble("1e23"))
        .isNotEqualTo(Double.parseDouble("7e23"));
    assertThat(JsonNumbers.float64("3e-1")).isEqualTo(0.30000000000000004);
    assertThat(JsonNumbers.float64("0.3")).isEqualTo(0.3);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52})
  void givenPlainDecimals_whenReadAsFloat_thenTheyAreRoundedOnce(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random.nextLong() / 2 + (random.nextBoolean() ? "." + random.nextInt(9999) : "");
      String shorter = random.nextInt(1_000_000) + "." + random.nextInt(1_000_000_000);
      assertThat(JsonNumbers.float64(text)).as("seed %d", seed).isEqualTo(Double.parseDouble(text));
      assertThat(JsonNumbers.float64(shorter))
          .as("seed %d", seed)
          .isEqualTo(Double.parseDouble(shorter));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ".", "1-2", "1e", "1e+", "--1", "e5", "1.5.5", "1e5x"})
  void givenWhatIsNoNumber_whenReadAsFloat_thenItIsRefused(String text) {
    assertThatThrownBy(() -> JsonNumbers.float64(text)).isInstanceOf(DefraException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zzz|malformed document ID, missing either version or cid",
        "nope-1|selected encoding not supported",
        "bai-0a24cf29-b2c2-5861-9d00-abd6250c475d|invalid document ID version",
        "-1|cannot decode multibase for zero length string",
        "0001-01-01T00:00:00Z|uuid: incorrect UUID length 15 in string \"01-01T00:00:00Z\"",
        "ba-1|EOF",
        "f80-1|unexpected EOF",
        "b!-1|illegal base32 data at input byte 0",
        "bae-zz|uuid: incorrect UUID length 2 in string \"zz\"",
        "bae-0a24cf29-b2c2-5861-9d00-abd6250c475z|uuid: invalid UUID format"
      })
  void givenWhatIsNoDocId_whenParsed_thenTheErrorIsTheReferences(String text, String error) {
    assertThatThrownBy(() -> DocIds.parse(text)).hasMessage(error);
  }
}
