package io.defradb.graphql.sdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.draft.NewCollections;
import io.defradb.schema.rule.PolicyCheck;
import io.defradb.schema.rule.RuleBook;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text gets an answer, soon, and never anything but collections or a fault. */
class HostileSdlPropertyTest {
  private static final String[] PIECES = {
    "type",
    "interface",
    "A",
    "B",
    "{",
    "}",
    "[",
    "]",
    "!",
    ":",
    "@",
    "(",
    ")",
    "\"",
    "\"\"\"",
    "#",
    "x",
    "Int",
    "String",
    "Float",
    "JSON",
    "@index",
    "@primary",
    "@default(int: 1)",
    "{a: 1}",
    "@relation(name: \"r\")",
    "@crdt(type: lww)",
    "includes:",
    "\\u00",
    "null",
    "-0",
    "1e",
    "é",
    "\n",
    "\r\n",
    "|",
    "&",
    "...",
    "$",
    "=",
    "extend",
    "union",
    "enum",
    "input",
    "scalar",
    "\ud83d",
  };

  private final NewCollections collections = new NewCollections(new RuleBook(PolicyCheck.NONE));

  private List<CollectionVersion> make(String sdl) {
    return collections.make(new SdlReader().read(sdl), List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20260611})
  void givenAnyPieces_whenRead_thenThereIsAnAnswer(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var sdl = new StringBuilder(random.nextBoolean() ? "type A { x: Int " : "");
      for (int length = random.nextInt(20); length > 0; length--) {
        sdl.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        assertThat(make(sdl.toString())).isNotNull();
      } catch (DefraException fault) {
        assertThat(fault.getMessage()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type A { x: %s",
        "type A { x: Int @default(json: %s",
        "type A { x: Int @a(b: {c: %s"
      })
  void givenDeepNesting_whenRead_thenItIsRefused(String form) {
    String sdl = form.formatted("[".repeat(200_000));
    assertThatThrownBy(() -> make(sdl))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("Nested too deep");
  }

  @Test
  void givenALongCircleOfTypes_whenMade_thenTheyFormOneSetInTime() {
    int count = 10_000;
    var sdl = new StringBuilder();
    for (int i = 0; i < count; i++) {
      sdl.append("type T%d { n: T%d @relation(name: \"r%d\") } ".formatted(i, (i + 1) % count, i));
    }
    List<CollectionVersion> made =
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> make(sdl.toString()));
    assertThat(made).hasSize(count);
    assertThat(made.stream().map(version -> version.versionId().substring(0, 59)).distinct())
        .hasSize(1);
  }

  @Test
  void givenALongChainOfTypes_whenMade_thenEachStandsAlone() {
    int count = 10_000;
    var sdl = new StringBuilder("type T0 { n: Int } ");
    for (int i = 1; i < count; i++) {
      sdl.append("type T%d { n: T%d @relation(name: \"r%d\") } ".formatted(i, i - 1, i));
    }
    List<CollectionVersion> made =
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> make(sdl.toString()));
    assertThat(made.stream().filter(version -> version.versionId().contains("-"))).isEmpty();
  }
}
