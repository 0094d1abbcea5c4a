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
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large texts get an answer, soon; those that nobody would write: {@code FuzzTest}. */
class HostileSdlPropertyTest {
  private final NewCollections collections = new NewCollections(new RuleBook(PolicyCheck.NONE));

  private List<CollectionVersion> make(String sdl) {
    return collections.make(new SdlReader().read(sdl), List.of());
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
      sdl.append(type(i, (i + 1) % count));
    }
    List<CollectionVersion> made =
        Assertions.assertTimeout(Duration.ofMinutes(1), () -> make(sdl.toString()));
    assertThat(made).hasSize(count);
    assertThat(made.stream().map(version -> version.versionId().substring(0, 59)).distinct())
        .hasSize(1);
  }

  @Test
  void givenALongChainOfTypes_whenMade_thenEachStandsAlone() {
    int count = 10_000;
    var sdl = new StringBuilder("type T0 { n: Int } ");
    for (int i = 1; i < count; i++) {
      sdl.append(type(i, i - 1));
    }
    List<CollectionVersion> made =
        Assertions.assertTimeout(Duration.ofMinutes(1), () -> make(sdl.toString()));
    assertThat(made.stream().filter(version -> version.versionId().contains("-"))).isEmpty();
  }

  private static String type(int number, int other) {
    return "type T" + number + " { n: T" + other + " @relation(name: \"r" + number + "\") } ";
  }
}
