package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.defradb.graphql.syntax.SyntaxLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes the door throw, hang or fall. */
class HostileRequestTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String MARKS = "{}()[]:$!@\"\\,.#&|=-0aT_ \n";
  private static final SdlCatalog CATALOG =
      SdlCatalog.of(
          "type T { n: String i: Int j: JSON tags: [String] us: [U] } type U { m: String t: T }");

  private final GraphqlDoor door = new GraphqlDoor();

  private String refusal(String query) {
    ParsedRequest parsed =
        Assertions.assertTimeoutPreemptively(
            PATIENCE, () -> door.parse(query, null, Map.of(), CATALOG));
    assertThat(parsed).isInstanceOf(ParsedRequest.Refused.class);
    return ((ParsedRequest.Refused) parsed).messages().get(0);
  }

  @Test
  void givenAFragmentThatSpreadsItself_whenParsed_thenItIsRefused() {
    assertThat(refusal("{T{...F}} fragment F on T {...F}"))
        .isEqualTo("Cannot spread fragment \"F\" within itself.");
    assertThat(refusal("{T{...F}} fragment F on T {us{...G}} fragment G on U {t{...F}}"))
        .isEqualTo("Cannot spread fragment \"F\" within itself via G.");
  }

  @Test
  void givenFragmentsThatMultiply_whenParsed_thenTheFieldsAreBounded() {
    var query = new StringBuilder("{T{...F0}}");
    int last = 30;
    for (int i = 0; i < last; i++) {
      String next = "us{t{...F" + (i + 1) + "}}";
      query.append(" fragment F").append(i).append(" on T {a: ").append(next);
      query.append(" b: ").append(next).append("}");
    }
    query.append(" fragment F").append(last).append(" on T {n}");
    assertThat(refusal(query.toString())).startsWith("request is too large");
  }

  @Test
  void givenAChainOfFragments_whenParsed_thenItsDepthIsBounded() {
    var query = new StringBuilder("{T{...F0}}");
    int last = 20_000;
    for (int i = 0; i < last; i++) {
      query.append("fragment F").append(i).append(" on T{us{t{...F").append(i + 1).append("}}}");
    }
    query.append("fragment F").append(last).append(" on T{n}");
    assertThat(refusal(query.toString())).startsWith("request is too large");
  }

  @Test
  void givenAFlatChainOfFragments_whenParsed_thenAShortOneIsSpreadAndALongOneRefused() {
    assertThat(door.parse(flatChain(200), null, Map.of(), CATALOG))
        .isInstanceOf(ParsedRequest.Asked.class);
    assertThat(refusal(flatChain(20_000))).startsWith("request is too large");
  }

  private static String flatChain(int length) {
    var query = new StringBuilder("{T{...F0}}");
    for (int i = 0; i < length; i++) {
      query.append("fragment F").append(i).append(" on T{...F").append(i + 1).append("}");
    }
    return query.append("fragment F").append(length).append(" on T{n}").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{T{us{t{us{t{us{t{",
        "{T(filter:{_not:{_not:{_not:",
        "{T(filter:{j:[[[[[[",
        "query($a:[[[["
      })
  void givenATextThatOnlyOpens_whenRepeated_thenItIsRefused(String opening) {
    assertThat(refusal(opening.repeat(50_000))).isNotEmpty();
    assertThat(refusal(opening)).startsWith("Syntax Error");
  }

  @Test
  void givenMoreThanTheLimits_whenParsed_thenItIsRefused() {
    var small = new GraphqlDoor(new GraphqlLimits(new SyntaxLimits(100, 20, 5), 10, 50, 1_000));
    for (String query :
        List.of(
            "#".repeat(101), "{T" + "{n".repeat(6), "{T{n n n n n n n n n n n n n n n n n n n}}")) {
      assertThat(small.parse(query, null, Map.of(), CATALOG))
          .isInstanceOf(ParsedRequest.Refused.class);
    }
  }

  @Test
  void givenAHugeTextInAFault_whenRefused_thenTheMessageIsShort() {
    assertThat(refusal("{T(filter: " + "x".repeat(1_000_000)).length()).isLessThan(10_000);
    assertThat(refusal("{T(filter: {i: {_eq: " + "9".repeat(1_000_000) + "}}){n}}").length())
        .isLessThan(10_000);
  }

  @Test
  void givenManyFaults_whenRefused_thenTheirNumberIsBounded() {
    ParsedRequest parsed = door.parse("{T{" + "x ".repeat(10_000) + "}}", null, Map.of(), CATALOG);
    assertThat(((ParsedRequest.Refused) parsed).messages()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void givenAnIntrospectionThatMultiplies_whenAsked_thenItIsBounded() {
    String deep = "fields{type{ofType{fields{type{".repeat(10);
    String query = "{__schema{types{" + deep + "name" + "}".repeat(50) + "}}}";
    assertThat(
            Assertions.assertTimeoutPreemptively(
                PATIENCE, () -> door.parse(query, null, Map.of(), CATALOG)))
        .isNotNull();
  }

  @Test
  void givenVariablesOfAnyShape_whenCoerced_thenTheyAreTakenOrRefused() {
    Object deep = "x";
    for (int i = 0; i < 500; i++) {
      deep = i % 2 == 0 ? List.of(deep) : Map.of("a", deep);
    }
    String query =
        "query($j: JSON $f: TFilterArg $i: Int){T(filter: {_and: [$f, {i: {_eq: $i}, j: {_eq: $j}}]}){n}}";
    var odd = new ArrayList<Map<String, Object>>();
    odd.add(Map.of("j", deep));
    odd.add(Map.of("f", deep));
    odd.add(Map.of("i", new BigDecimal("1e1000000000")));
    odd.add(Map.of("i", "1e999999999"));
    odd.add(Map.of("i", Double.NaN));
    odd.add(Map.of("i", new BigInteger("9".repeat(10_000))));
    odd.add(Map.of("unknown", deep));
    for (Map<String, Object> variables : odd) {
      assertThat(
              Assertions.assertTimeoutPreemptively(
                  PATIENCE, () -> door.parse(query, null, variables, CATALOG)))
          .isNotNull();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenATextWithRandomChanges_whenParsed_thenNothingIsThrown(long seed) {
    var random = new Random(seed);
    String query =
        "query Q($a: Int = 3) @explain(type: debug) { x: T(filter: {i: {_gt: $a}, _or: [{n: {_like: \"a%\"}},"
            + " {j: {a: {_in: [1, 2.5e3, null, x]}}}]}, order: {n: ASC}, limit: 3) { _docID ...F us { m } } }"
            + " fragment F on T { n i _count(us: {filter: {m: {_eq: \"\\u00e9\"}}}) }";
    for (int i = 0; i < 4_000; i++) {
      var changed = new StringBuilder(query);
      for (int k = random.nextInt(4); k >= 0; k--) {
        int at = random.nextInt(changed.length());
        switch (random.nextInt(3)) {
          case 0 -> changed.deleteCharAt(at);
          case 1 -> changed.setCharAt(at, (char) random.nextInt(0x250));
          default -> changed.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
        }
      }
      String text = changed.toString();
      assertThatCode(() -> door.parse(text, null, Map.of(), CATALOG))
          .as("seed %s: %s", seed, text)
          .doesNotThrowAnyException();
    }
  }
}
