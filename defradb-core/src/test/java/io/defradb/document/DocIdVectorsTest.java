package io.defradb.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.testing.Vectors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The cases that need neither relations nor defaults, which other rooms add. */
class DocIdVectorsTest {
  private static final Pattern FIELD = Pattern.compile("(\\w+): (\\[?\\w+!?]?)");

  @Test
  void givenADocumentAsJson_whenDerived_thenBytesDeltasAndDocIdAreTheReferences() {
    int checked = 0;
    for (JsonNode golden : Vectors.cases("docids")) {
      if (!isPlain(golden)) {
        continue;
      }
      checked++;
      FieldKinds kinds = kinds(golden.get("sdl").asText());
      String json = golden.get("doc").asText();
      if (golden.has("error")) {
        assertThatThrownBy(() -> DocumentJson.parse(json, kinds))
            .as(golden.get("name").asText())
            .hasMessage(golden.get("error").asText());
        continue;
      }
      Map<String, Value> fields = DocumentJson.parse(json, kinds);
      String name = golden.get("name").asText();
      assertThat(java.util.HexFormat.of().formatHex(DocIds.documentCbor(fields, kinds)))
          .as(name)
          .isEqualTo(golden.get("docCbor").asText());
      assertThat(DocIds.derive(fields, kinds, golden.get("schemaRoot").asText()).text())
          .as(name)
          .isEqualTo(golden.get("docID").asText());
      Map<String, String> deltas = new LinkedHashMap<>();
      fields.forEach(
          (field, value) ->
              deltas.put(
                  field,
                  java.util.HexFormat.of()
                      .formatHex(ValueCbor.encode(kinds.kindOf(field), value))));
      Map<String, String> expected = new HashMap<>();
      golden
          .get("fieldDeltas")
          .properties()
          .forEach(delta -> expected.put(delta.getKey(), delta.getValue().asText()));
      assertThat(deltas).as(name).isEqualTo(expected);
    }
    assertThat(checked).isGreaterThan(20);
  }

  private static boolean isPlain(JsonNode golden) {
    String sdl = golden.get("sdl").asText();
    boolean isOneType = sdl.indexOf("type ", 1) < 0 || sdl.contains("@crdt");
    boolean isForeign =
        sdl.contains("@default")
            || sdl.contains("@relation")
            || sdl.contains("@primary")
            || golden.path("error").asText().startsWith("array size mismatch");
    return golden.get("via").asText().equals("json") && isOneType && !isForeign;
  }

  private static FieldKinds kinds(String sdl) {
    Map<String, FieldKind> kinds = new HashMap<>(Map.of("_docID", FieldKind.ID));
    Matcher fields = FIELD.matcher(sdl);
    while (fields.find()) {
      FieldKind kind = FieldKind.bySdl(fields.group(2));
      if (kind != null) {
        kinds.put(fields.group(1), kind);
      }
    }
    return kinds::get;
  }
}
