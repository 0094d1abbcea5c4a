package io.defradb.connect.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.document.FieldKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of types in the connectors' document, against the fields that the sink makes. */
class FieldTypesDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("defradb.home", ".."), "docs", "connectors.md");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final String HEAD = "| value | field that is made |";

  /** Of the document's table: what it says of values that are no lists. */
  record Row(List<String> values, String made) {
    static Row parse(String line) {
      String[] cells = line.split(" \\| ", -1);
      return new Row(words(cells[0]), words(cells[1]).get(0));
    }

    private static List<String> words(String cell) {
      return WORD.matcher(cell).results().map((MatchResult found) -> found.group(1)).toList();
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith(HEAD))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("| `array`"))
        .map(Row::parse);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givenAValueOfTheTable_whenAFieldIsMade_thenItIsTheOneThatTheTableSays(Row row) {
    for (String value : row.values()) {
      assertThat(made(schema(value))).as(value).isEqualTo(row.made());
    }
  }

  @Test
  void givenLists_whenAFieldIsMade_thenItIsAListWhereItsElementsAllowIt() {
    for (String element : List.of("int64", "float32", "float64", "boolean", "string")) {
      Schema required = schema(element);
      Schema optional = SchemaBuilder.type(required.type()).optional().build();
      assertThat(made(SchemaBuilder.array(required).build()))
          .isEqualTo("[" + made(required) + "!]");
      assertThat(made(SchemaBuilder.array(optional).build())).isEqualTo("[" + made(required) + "]");
    }
    assertThat(made(SchemaBuilder.array(schema("bytes")).build())).isEqualTo("JSON");
    assertThat(made(SchemaBuilder.array(schema("struct")).build())).isEqualTo("JSON");
  }

  private static String made(Schema schema) {
    FieldKind kind = FieldTypes.of(new RecordFields.Entry(schema, null));
    return kind == null ? "none" : kind.sdl();
  }

  private static Schema schema(String value) {
    if (value.contains(".")) {
      return SchemaBuilder.int64().name(value).build(); // its name alone tells
    }
    return switch (value) {
      case "map" -> SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build();
      case "struct" -> SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build();
      default -> SchemaBuilder.type(Schema.Type.valueOf(value.toUpperCase(Locale.ROOT))).build();
    };
  }
}
