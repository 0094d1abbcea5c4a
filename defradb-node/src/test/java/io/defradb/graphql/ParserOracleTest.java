package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.language.AstPrinter;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.defradb.graphql.syntax.OperationParser;
import io.defradb.graphql.syntax.SyntaxFault;
import io.defradb.graphql.syntax.SyntaxLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our parser takes, refuses and understands what another implementation of GraphQL does. */
class ParserOracleTest {
  private static final String RICH =
      "query Q($a: [Int!]! = [1 2], $b: T @d) @explain(kind: debug) { x: T(f: {i: {_gt: $a}, l: [1, -2.5e3,"
          + " null, w, true, \"a\\n\\u00e9\"], o: {}}, s: \"\"\"\n   block\n    text\n   \"\"\") @on { _docID ...F ..."
          + " on U { m } ... { n } } } fragment F on T @x { n } mutation { m } subscription S { s }";

  private static final Pattern TOKEN =
      Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"[^\"]*\"|\\.\\.\\.|-?\\w[\\w.]*|\\S");

  private static @Nullable String theirs(String text) {
    try {
      return AstPrinter.printAstCompact(Parser.parse(text));
    } catch (InvalidSyntaxException refused) {
      return null;
    }
  }

  private static @Nullable String ours(String text) {
    try {
      return theirs(DocumentPrinter.print(OperationParser.parse(text, SyntaxLimits.DEFAULT)));
    } catch (SyntaxFault refused) {
      return null;
    }
  }

  @Test
  void givenTheRequestsOfTheRecords_whenParsed_thenBothUnderstandTheSame() throws IOException {
    for (String query : queries()) {
      assertThat(ours(query)).as(query).isEqualTo(theirs(query));
    }
  }

  private static Set<String> queries() throws IOException {
    var queries = new TreeSet<String>();
    for (JsonNode entry : Recorded.keptJson("errors.json").get("entries")) {
      String query = entry.get("input").get("query").asText();
      if (!query.isBlank()) {
        queries.add(query);
      }
    }
    queries.add(IntrospectionTest.FULL_QUERY);
    for (Path file : transcripts()) {
      for (String line : Files.readAllLines(file)) {
        for (JsonNode step : Recorded.parse(line).get("steps")) {
          String query = step.path("request").path("json").path("query").asText("");
          if (!query.isBlank()) {
            queries.add(query);
          }
        }
      }
    }
    return queries;
  }

  private static List<Path> transcripts() throws IOException {
    var folder = Recorded.beside("conformance/transcripts");
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return new ArrayList<>(
          files.filter(it -> it.getFileName().toString().startsWith("query__")).toList());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void givenTokensLeftOutOrDoubled_whenParsed_thenBothUnderstandTheSame(long seed) {
    // Directives of variables are newer than the reference's grammar.
    String rich = RICH.replace(" @d", "");
    var random = new Random(seed);
    List<String> tokens = TOKEN.matcher(rich).results().map(MatchResult::group).toList();
    for (int i = 0; i < 500; i++) {
      var changed = new ArrayList<>(tokens);
      int at = random.nextInt(changed.size());
      if (random.nextBoolean()) {
        changed.remove(at);
      } else {
        changed.add(at, changed.get(random.nextInt(changed.size())));
      }
      // Blanks between: the reference takes a name right behind a number, the newer grammar not.
      String text = String.join(" ", changed);
      assertThat(ours(text)).as("seed %s: %s", seed, text).isEqualTo(theirs(text));
    }
  }
}
