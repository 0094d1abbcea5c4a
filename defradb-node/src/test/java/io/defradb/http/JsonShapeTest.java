package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonShapeTest {
  private static final JsonShape SHAPE =
      JsonShape.of("http.request")
          .text("Name")
          .flag("isBig")
          .texts("Words")
          .map("Any")
          .maps("Data")
          .object("Lens", JsonShape.LENS)
          .optional("Maybe", JsonShape.of("model.Inner").text("Path"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|array into Go value of type http.request",
        "5|number into Go value of type http.request",
        "{'Name': 5}|number into Go struct field request.Name of type string",
        "{'NAME': true}|bool into Go struct field request.Name of type string",
        "{'isBig': 'x'}|string into Go struct field request.isBig of type bool",
        "{'Words': 'x'}|string into Go struct field request.Words of type []string",
        "{'Words': ['a', 5]}|number into Go struct field request.Words of type string",
        "{'Any': []}|array into Go struct field request.Any of type map[string]interface {}",
        "{'Data': [5]}|number into Go struct field request.Data of type map[string]interface {}",
        "{'Lens': 5}|number into Go struct field request.Lens of type model.Lens",
        "{'Lens': {'Lenses': 5}}"
            + "|number into Go struct field Lens.Lens.Lenses of type []model.LensModule",
        "{'Lens': {'Lenses': [{'Path': 5}]}}"
            + "|number into Go struct field LensModule.Lens.Lenses.Path of type string",
        "{'Maybe': {'Path': 5}}|number into Go struct field request.Maybe.Path of type string",
      })
  void givenAnotherKind_whenChecked_thenItIsRefusedInTheWordsUsersKnow(String body, String words) {
    assertThatThrownBy(() -> SHAPE.check(JsonBody.parse(body.replace('\'', '"'))))
        .hasMessage("json: cannot unmarshal " + words);
  }

  @Test
  void givenNullsAndUnknownMembers_whenChecked_thenTheyPass() {
    assertThat(SHAPE.check(JsonBody.parse("null"))).isEmpty();
    String body = "{\"Name\": null, \"Words\": [\"a\"], \"other\": 5, \"Lens\": {\"x\": 1}}";
    assertThat(SHAPE.check(JsonBody.parse(body))).hasSize(4);
  }
}
