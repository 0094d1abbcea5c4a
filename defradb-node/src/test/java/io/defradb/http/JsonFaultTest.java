package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.document.JsonFault;
import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{User{name}}|invalid character 'U' looking for beginning of object key string",
        "{|unexpected end of JSON input",
        "``|unexpected end of JSON input",
        "zz|invalid character 'z' looking for beginning of value",
        "[1,]|invalid character ']' looking for beginning of value",
        "{\"a\":1 \"b\"}|invalid character '\"' after object key:value pair",
        "{\"a\" 1}|invalid character '1' after object key",
        "[1 2]|invalid character '2' after array element",
        "nul|unexpected end of JSON input",
        "nulx|invalid character 'x' in literal null (expecting 'l')",
        "é|invalid character 'Ã' looking for beginning of value",
        "\ufeff{}|invalid character 'ï' looking for beginning of value",
        "{Àx|invalid character 'Ã' looking for beginning of object key string",
        "1 2|invalid character '2' after top-level value",
        "-x|invalid character 'x' in numeric literal",
        "1.x|invalid character 'x' after decimal point in numeric literal",
        "\"\\q\"|invalid character 'q' in string escape code",
      })
  void givenABrokenText_whenExplained_thenTheWordsAreTheReferences(String json, String message) {
    assertThat(JsonFault.explain(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(message);
  }

  @Test
  void givenAnExponentBeyondAnyNumber_whenParsed_thenItIsRefused() {
    assertThatThrownBy(() -> JsonBody.parse("{\"a\": 2e07370955161}"))
        .isInstanceOf(DefraException.class)
        .hasMessage("json: cannot unmarshal number into Go value of type float64");
  }
}
