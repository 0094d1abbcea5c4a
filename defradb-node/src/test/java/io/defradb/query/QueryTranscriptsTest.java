package io.defradb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference's own tests of queries, as recorded in the conformance transcripts: the GraphQL
 * part of each, over a store in memory. Skips itself visibly where the transcripts are not laid
 * beside the checkout; a transcript ends where it asks for more than such a store can do.
 */
class QueryTranscriptsTest {
  private static final Path TRANSCRIPTS =
      Path.of(System.getProperty("vectors", "../../shared/vectors"))
          .resolveSibling("conformance/transcripts");

  /** Commits, time travel and counted executions need a real store; views are not there yet. */
  private static final Pattern OUT_OF_REACH =
      Pattern.compile("ommits|_version|cid ?:|execute|UserView");

  /** The reference computes a similarity after it has filtered by it when two stand in an _or. */
  private static final Set<String> DIFFERENT =
      Set.of("TestQuerySimple_WithTwoSimilarityAndFilteringOnBoth_ShouldSucceed");

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<String> packages() {
    return Stream.of(
        "query__simple",
        "query__simple__with_filter",
        "query__inline_array",
        "query__json",
        "query__one_to_many",
        "query__one_to_many_multiple",
        "query__one_to_many_to_one",
        "query__one_to_one",
        "query__one_to_one_multiple",
        "query__one_to_one_to_many",
        "query__one_to_one_to_one",
        "query__one_to_two_many",
        "mutation__delete",
        "mutation__update",
        "mutation__update__field_kinds",
        "explain__default",
        "explain__debug");
  }

  @ParameterizedTest
  @MethodSource("packages")
  void givenARecordedTest_whenReplayed_thenEveryAnswerIsTheRecordedOne(String recorded)
      throws IOException {
    Path file = TRANSCRIPTS.resolve(recorded + ".jsonl");
    assumeTrue(Files.exists(file), "no transcripts at " + file);
    for (String line : Files.readAllLines(file)) {
      JsonNode transcript = JSON.readTree(line);
      if (!DIFFERENT.contains(transcript.get("test").asText())) {
        replay(transcript);
      }
    }
  }

  private static void replay(JsonNode transcript) {
    var node = new InMemoryNode();
    for (JsonNode step : transcript.get("steps")) {
      JsonNode request = step.get("request");
      if (request == null || step.has("aux")) {
        continue;
      }
      boolean isInReach =
          request.get("path").asText().equals("/api/v0/graphql")
              ? isAnswered(node, request.get("json"), transcript, step.get("response"))
              : isSchemaAdded(node, request, step.get("response"));
      if (!isInReach) {
        return;
      }
    }
  }

  private static boolean isSchemaAdded(InMemoryNode node, JsonNode request, JsonNode response) {
    boolean isSchema =
        request.get("path").asText().equals("/api/v0/schema")
            && request.has("text")
            && response.get("status").asInt() == 200;
    if (isSchema) {
      node.addSchema(request.get("text").asText());
    }
    return isSchema;
  }

  private static boolean isAnswered(
      InMemoryNode node, JsonNode body, JsonNode transcript, JsonNode response) {
    String query = body.get("query").asText();
    boolean isInReach =
        !OUT_OF_REACH.matcher(query).find()
            && response.has("json")
            && !response.toString().contains("{{");
    if (isInReach) {
      Map<String, Object> variables =
          JSON.convertValue(body.path("variables"), new TypeReference<>() {});
      JsonNode answer =
          node.answer(
              query, body.path("operationName").asText(), variables == null ? Map.of() : variables);
      assertThat(comparable(answer))
          .as("%s: %s", transcript.get("test").asText(), query)
          .isEqualTo(comparable(InMemoryNode.canonical(response.get("json"))));
      assertThat(node.openCursors()).isZero();
    }
    return isInReach;
  }

  /** Members in one order. */
  private static JsonNode comparable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = JSON.createObjectNode();
      object.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(member -> sorted.set(member.getKey(), comparable(member.getValue())));
      return sorted;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode items = JSON.createArrayNode();
      array.forEach(item -> items.add(comparable(item)));
      return items;
    }
    return node;
  }
}
