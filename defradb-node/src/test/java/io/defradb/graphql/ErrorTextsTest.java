package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every failing request of {@code errors.json} that fails before it is run: the text is the same.
 */
class ErrorTextsTest {
  /** Texts that only running a request can give: the door lets these requests through. */
  private static final List<String> TEXTS_OF_RUNNING =
      List.of(
          "field or alias not found",
          "cannot select a non-group-by field",
          "_group may only be referenced",
          "source and vector must be",
          "invalid cid",
          "seek failed",
          "missing cid",
          "array size mismatch",
          "a document with the given ID",
          "can not index a doc's field",
          "error merging delta",
          "malformed document ID",
          "target document is already linked",
          "cannot upsert multiple");

  /** Where this node answers and the reference does not. */
  private static final Set<String> ANSWERED_HERE =
      Set.of(
          "_latestCommits (newer form)",
          "_commits (newer form)",
          "create int overflow",
          "__typename");

  /** The reference names suggestions of one distance in any order. */
  private static final Set<String> SUGGESTED_IN_ANY_ORDER =
      Set.of("unknown mutation", "mutation on view");

  private static final SdlCatalog LIBRARY =
      SdlCatalog.of(
          Recorded.kept("rich.sdl"),
          "type A26c { b: String }",
          "type A50 { x: String }",
          "type Self { boss: Self name: String }",
          "type __A42 { x: String }");
  private static final SdlCatalog BLOG =
      SdlCatalog.of(
          "type U { name: String v: [Float32!] posts: [P] } type P { title: String author: U }");

  private final GraphqlDoor door = new GraphqlDoor();

  static Stream<Arguments> entries() throws IOException {
    Optional<Path> whole = Recorded.beside("reference/errors.json");
    JsonNode entries =
        (whole.isPresent()
                ? Recorded.parse(Files.readString(whole.get()))
                : Recorded.keptJson("errors.json"))
            .get("entries");
    var cases = new ArrayList<Arguments>();
    for (JsonNode entry : entries) {
      boolean isGraphql = entry.path("surface").asText("graphql").equals("graphql");
      if (isGraphql && entry.path("httpStatus").asInt(200) == 200) {
        cases.add(Arguments.of(entry.get("situation").asText(), entry));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void givenAFailingRequest_whenParsed_thenItsTextIsTheReferences(
      String situation, JsonNode entry) {
    JsonNode input = entry.get("input");
    String query = input.get("query").asText();
    boolean isBlog = query.contains("U") && !query.contains("Author") && !query.contains("Nope");
    ParsedRequest parsed =
        door.parse(
            query,
            input.path("operationName").asText(null),
            Recorded.variables(input.get("variables")),
            isBlog || query.contains("{ P(") || query.contains("create_P") ? BLOG : LIBRARY);
    String expected = entry.get("messages").get(0).asText();
    if (ANSWERED_HERE.contains(situation)
        || situation.endsWith("on view")
        || TEXTS_OF_RUNNING.stream().anyMatch(expected::startsWith)) {
      return;
    }
    assertThat(parsed).isInstanceOf(ParsedRequest.Refused.class);
    List<String> messages = ((ParsedRequest.Refused) parsed).messages();
    if (SUGGESTED_IN_ANY_ORDER.contains(situation)) {
      assertThat(messages.get(0)).startsWith(expected.substring(0, expected.indexOf('.')));
    } else {
      assertThat(messages).containsExactly(expected);
    }
  }
}
