package io.defradb.connect.source.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.document.FieldKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of types in the connectors' document, against the schemas that events have. */
class EventTypesDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("defradb.home", ".."), "docs", "connectors.md");

  @ParameterizedTest
  @EnumSource(FieldKind.class)
  void givenAKindOfField_whenItsEventsAreLookedAt_thenTheDocumentSaysSo(FieldKind kind)
      throws IOException {
    Schema schema = schema(kind);
    assertThat(schema.isOptional()).isTrue();
    if (kind.isArray()) {
      assertThat(schema.valueSchema().type()).isEqualTo(schema(kind.element()).type());
      assertThat(schema.valueSchema().isOptional()).isEqualTo(kind.hasNillableElements());
    } else {
      String named = schema.name() == null ? "" : ", named `" + schema.name() + "`";
      assertThat(Files.readString(DOCUMENT))
          .contains(
              "| `"
                  + kind.sdl()
                  + "` | `"
                  + schema.type().name().toLowerCase(Locale.ROOT)
                  + "`"
                  + named
                  + " |");
    }
  }

  private static Schema schema(FieldKind kind) {
    var settings = SourceSettings.of(Map.of("name", "s", "topic.prefix", "p"));
    var collection = new CollectionDescription("User", "v1", 1, Map.of("field", kind));
    return EventSchemas.of("p.User", settings.look(), collection).row().field("field").schema();
  }
}
