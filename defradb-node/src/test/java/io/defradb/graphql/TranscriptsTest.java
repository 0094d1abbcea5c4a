package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The requests of the reference's own integration tests: the door lets through what the reference
 * answered, and refuses with the same text what it refused before running it.
 */
class TranscriptsTest {
  /** Far fewer can be checked only when something is broken. */
  private static final int REQUESTS_MIN = 6_000;

  private final GraphqlDoor door = new GraphqlDoor();
  private final List<String> differences = new ArrayList<>();
  private int requests;

  @Test
  void givenTheRecordedRequests_whenParsed_thenTheSameArePassedAndRefused() throws IOException {
    Optional<Path> folder = Recorded.beside("conformance/transcripts");
    assumeTrue(folder.isPresent(), "the reference's records are not beside the vectors");
    try (Stream<Path> files = Files.list(folder.get())) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          replay(Recorded.parse(line));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(requests).isGreaterThan(REQUESTS_MIN);
  }

  private void replay(JsonNode test) {
    var catalog = SdlCatalog.of();
    for (JsonNode step : test.get("steps")) {
      JsonNode request = step.path("request");
      String path = request.path("path").asText();
      boolean isRead = request.path("method").asText().equals("GET");
      if (path.equals("/api/v0/schema") && request.path("method").asText().equals("POST")) {
        if (!addSdl(catalog, request)) {
          return;
        }
      } else if (path.equals("/api/v0/graphql") && step.path("type").asText().equals("request")) {
        check(test, catalog, request, step.get("response"));
      } else if (!isRead && changesTypes(path)) {
        return;
      }
    }
  }

  private static boolean changesTypes(String path) {
    return path.startsWith("/api/v0/schema")
        || path.startsWith("/api/v0/view")
        || path.startsWith("/api/v0/lens")
        || path.equals("/api/v0/collections");
  }

  /** False when this catalog cannot know the types: the rest of the test is left out. */
  private static boolean addSdl(SdlCatalog catalog, JsonNode request) {
    try {
      catalog.addSdl(request.path("text").asText());
      return true;
    } catch (DefraException refusedOrPolicy) {
      return !request.path("text").asText().contains("@policy");
    }
  }

  private void check(JsonNode test, SdlCatalog catalog, JsonNode request, JsonNode response) {
    JsonNode body = request.path("json");
    String query = body.path("query").asText();
    ParsedRequest parsed =
        door.parse(
            query,
            body.path("operationName").asText(null),
            Recorded.variables(body.get("variables")),
            catalog);
    requests++;
    String expected = response.path("json").path("errors").path(0).path("message").asText(null);
    String actual =
        parsed instanceof ParsedRequest.Refused refused ? refused.messages().get(0) : null;
    if (isDifferent(expected, actual)) {
      differences.add(
          test.get("test").asText()
              + ": "
              + query
              + "\n  expected "
              + expected
              + "\n  but was "
              + actual);
    }
  }

  /** A refusal must be the reference's; what passes may still fail when it is run. */
  private static boolean isDifferent(@Nullable String expected, @Nullable String actual) {
    if (actual != null) {
      return !actual.equals(expected);
    }
    return expected != null
        && (expected.startsWith("Argument \"")
            || expected.startsWith("Cannot query")
            || expected.startsWith("Unknown ")
            || expected.startsWith("Field \"")
            || expected.startsWith("Syntax Error"));
  }
}
