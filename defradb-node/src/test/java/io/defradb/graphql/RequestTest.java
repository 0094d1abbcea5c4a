package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.document.Value;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition.Compare;
import io.defradb.request.Mutation;
import io.defradb.request.Order;
import io.defradb.request.Page;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.TopAggregate;
import io.defradb.request.TypeName;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a request's text means, as records. */
class RequestTest {
  private static final SdlCatalog CATALOG =
      SdlCatalog.of(
          """
          type U { name: String age: Int pts: Float f32: Float32 ok: Boolean born: DateTime
            bin: Blob meta: JSON tags: [String] nums: [Int!] vec: [Float32!] posts: [P] }
          type P { title: String likes: Int author: U }
          """);

  private final GraphqlDoor door = new GraphqlDoor();

  private Request request(String query, Map<String, Object> variables) {
    return door.parse(query, null, variables, CATALOG).asked();
  }

  private RootField field(String query) {
    return request(query, Map.of()).fields().get(0);
  }

  private Filter filter(String filter) {
    Filter parsed = ((Select) field("{U(filter: " + filter + "){name}}")).filter();
    assertThat(parsed).isNotNull();
    return parsed;
  }

  private Map<String, Value> input(String input) {
    return ((Mutation.Create) field("mutation{create_U(input: " + input + "){name}}"))
        .inputs()
        .get(0);
  }

  private static Filter on(String field, String operator, Value operand) {
    return new Filter.OnField(field, List.of(), new Compare(operator, operand));
  }

  private static Value whole(long number) {
    return new Value.Int(number);
  }

  @Test
  void givenASelection_whenParsed_thenEveryArgumentIsThere() {
    assertThat(
            field(
                "{a: U(docID: \"d\", order: [{age: DESC}, {_alias: {x: ASC}}], groupBy: [age],"
                    + " limit: 2, offset: -1, showDeleted: true){age}}"))
        .isEqualTo(
            new Select(
                "a",
                "U",
                "U",
                List.of("d"),
                null,
                null,
                List.of(new Order(List.of("age"), true), new Order(List.of("_alias", "x"), false)),
                List.of("age"),
                new Page(2L, -1L),
                true,
                List.of(new Selection.Field("age", "age"))));
  }

  @Test
  void givenNullArguments_whenParsed_thenTheyAreAsIfAbsent() {
    assertThat(
            field(
                "{U(docID: null, cid: null, filter: null, order: null, groupBy: null,"
                    + " limit: null){name}}"))
        .isEqualTo(field("{U{name}}"));
  }

  @Test
  void givenOperators_whenParsed_thenOperandsHaveTheFieldsKind() {
    assertThat(filter("{age: {_eq: 9007199254740993}}"))
        .isEqualTo(on("age", "_eq", whole(9007199254740993L)));
    assertThat(filter("{pts: {_gt: 1}}")).isEqualTo(on("pts", "_gt", new Value.Float64(1)));
    assertThat(filter("{f32: {_gt: 0.1}}")).isEqualTo(on("f32", "_gt", new Value.Float32(0.1f)));
    assertThat(filter("{age: {_in: 3}}"))
        .isEqualTo(on("age", "_in", new Value.Items(List.of(whole(3)))));
    assertThat(filter("{age: null}"))
        .isEqualTo(new Filter.OnField("age", List.of(), Filter.Condition.UNSET));
    assertThat(filter("{age: {_gt: 1, _lt: 5}}"))
        .isEqualTo(
            new Filter.OnField(
                "age",
                List.of(),
                new Filter.Condition.All(
                    List.of(new Compare("_gt", whole(1)), new Compare("_lt", whole(5))))));
    assertThat(filter("{tags: {_any: {_like: \"a%\"}}}"))
        .isEqualTo(
            new Filter.OnField(
                "tags",
                List.of(),
                new Filter.Condition.Elements("_any", new Compare("_like", new Value.Text("a%")))));
  }

  @Test
  void givenLogicalOperators_whenParsed_thenNullsAndEmptiesAreTheReferences() {
    var everything = new Filter.And(List.of());
    assertThat(filter("{}")).isEqualTo(everything);
    assertThat(filter("{_and: []}")).isEqualTo(object(everything));
    assertThat(filter("{_and: null}")).isEqualTo(everything);
    assertThat(filter("{_or: null}")).isEqualTo(everything);
    assertThat(filter("{_or: []}")).isEqualTo(new Filter.Or(List.of()));
    assertThat(filter("{_not: null}")).isEqualTo(everything);
    assertThat(filter("{_not: {}}")).isEqualTo(new Filter.Not(everything));
    assertThat(filter("{_alias: null}")).isEqualTo(new Filter.Or(List.of()));
    assertThat(filter("{_and: {age: {_eq: 3}}}"))
        .isEqualTo(object(new Filter.And(List.of(on("age", "_eq", whole(3))))));
  }

  /** A written {@code _and} stays inside its object. */
  private static Filter object(Filter and) {
    return new Filter.And(List.of(and));
  }

  @Test
  void givenAFilterOfAnotherDoor_whenRead_thenItIsTheSame() {
    Filter expected = filter("{age: {_gt: 1}}");
    assertThat(door.filter("U", "{age: {_gt: 1}}", CATALOG)).isEqualTo(expected);
    assertThat(door.filter("U", "age: {_gt: 1}", CATALOG)).isEqualTo(expected);
    assertThat(door.filter("U", Map.of("age", Map.of("_gt", 1)), CATALOG)).isEqualTo(expected);
    assertThatThrownBy(() -> door.filter("U", "{", CATALOG))
        .hasMessage("Syntax Error GraphQL (1:2) Expected Name, found EOF\n\n1: {\n    ^\n");
    assertThatThrownBy(() -> door.filter("U", "{age: 1}, limit: 1", CATALOG))
        .hasMessageStartingWith("Syntax Error GraphQL (1:11) Unexpected Name \"limit\"");
    assertThatThrownBy(() -> door.filter("U", "{nope: 1}", CATALOG))
        .hasMessage("In field \"nope\": Unknown field.");
  }

  @Test
  void givenARelationInAFilter_whenParsed_thenSomeRelatedDocumentMatches() {
    assertThat(filter("{posts: {author: null}}"))
        .isEqualTo(
            new Filter.OnRelation(
                "posts",
                new Filter.Not(new Filter.OnRelation("author", new Filter.And(List.of())))));
    assertThat(((Select) field("{P(filter: {author_id: {_eq: \"x\"}}){title}}")).filter())
        .isEqualTo(on("author_id", "_eq", new Value.Text("x")));
  }

  @Test
  void givenAPathInJson_whenParsed_thenOperatorsEndIt() {
    assertThat(filter("{meta: {a: {b: {_gt: 1}}, _ne: x}}"))
        .isEqualTo(
            object(
                new Filter.And(
                    List.of(
                        on("meta", "_ne", new Value.Text("x")),
                        new Filter.OnField(
                            "meta",
                            List.of("a", "b"),
                            new Compare("_gt", new Value.Float64(1)))))));
  }

  @Test
  void givenInput_whenParsed_thenValuesAreCoerced() {
    assertThat(
            input(
                "{age: 5, pts: 2, ok: true, born: \"2020-01-02T03:04:05.500+00:00\", bin: \"aBc\","
                    + " tags: \"x\", nums: [1], meta: {b: [1, x, null], a: \"s\"}, name: null}"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "age", whole(5),
                "pts", new Value.Float64(2),
                "ok", Value.Bool.TRUE,
                "born", new Value.Text("2020-01-02T03:04:05.5Z"),
                "bin", new Value.Text("aBc"),
                "tags", new Value.Items(List.of(new Value.Text("x"))),
                "nums", new Value.Items(List.of(whole(1))),
                "meta",
                    new Value.Fields(
                        new TreeMap<>(
                            Map.of(
                                "a", new Value.Text("s"),
                                "b",
                                    new Value.Items(
                                        List.of(
                                            new Value.Float64(1),
                                            new Value.Text("x"),
                                            Value.NULL))))),
                "name", Value.NULL));
  }

  @Test
  void givenVariables_whenCoerced_thenTheyAreTakenLoosely() {
    var given = new HashMap<String, Object>();
    given.put("age", "5");
    given.put("name", 7);
    given.put("ok", "true");
    given.put("nums", Arrays.asList(1.9, true, new BigInteger("9223372036854775807")));
    Request request =
        request(
            "mutation($age: Int $name: String $ok: Boolean $nums: [Int!] $none: Float64)"
                + "{create_U(input: {age: $age, name: $name, ok: $ok, nums: $nums, pts: $none}){name}}",
            given);
    assertThat(((Mutation.Create) request.fields().get(0)).inputs().get(0))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "age",
                whole(5),
                "name",
                new Value.Text("7"),
                "ok",
                Value.Bool.TRUE,
                "nums",
                new Value.Items(List.of(whole(1), whole(1), whole(Long.MAX_VALUE)))));
  }

  @Test
  void givenADefault_whenTheVariableIsAbsent_thenItIsUsed() {
    String query = "query($a: Int = 50){U(filter: {age: {_lt: $a}}){name}}";
    assertThat(((Select) request(query, Map.of()).fields().get(0)).filter())
        .isEqualTo(on("age", "_lt", whole(50)));
    assertThat(((Select) request(query, Map.of("a", 30)).fields().get(0)).filter())
        .isEqualTo(on("age", "_lt", whole(30)));
  }

  @Test
  void givenAggregates_whenParsed_thenTargetsKnowWhatTheyFilter() {
    var top = (TopAggregate) field("{_sum(U: {field: age, filter: {age: {_gt: 1}}})}");
    assertThat(top.aggregate().targets())
        .containsExactly(
            new Aggregate.Target("U", "age", on("age", "_gt", whole(1)), null, null, Page.WHOLE));
    var select = (Select) field("{U{_max(nums: {filter: {_gt: 1}, order: DESC, limit: 2})}}");
    assertThat(((Aggregate) select.selections().get(0)).targets())
        .containsExactly(
            new Aggregate.Target(
                "nums",
                null,
                null,
                new Compare("_gt", whole(1)),
                List.of(new Order(List.of("nums"), true)),
                new Page(2L, null)));
  }

  @Test
  void givenCommits_whenParsed_thenBothSpellingsMeanTheSame() {
    for (String name : List.of("commits", "_commits")) {
      var commits =
          (CommitSelect)
              field("{" + name + "(fieldName: null){cid links{cid} _count(field: links)}}");
      assertThat(commits.responseName()).isEqualTo(name);
      assertThat(commits.kind()).isEqualTo(CommitSelect.Kind.COMMITS);
      assertThat(commits.isFieldNameNull()).isTrue();
      assertThat(commits.selections()).hasSize(3);
    }
    assertThat(((CommitSelect) field("{_latestCommits(docID: \"d\"){cid}}")).kind())
        .isEqualTo(CommitSelect.Kind.LATEST_COMMITS);
  }

  @Test
  void givenAFieldAskedTwice_whenParsed_thenItIsOneWithBothChildren() {
    var select =
        (Select) field("{U{posts{title} ...F}} fragment F on U {posts{likes} ... on U {name}}");
    assertThat(select.selections()).hasSize(2);
    assertThat(((Select) select.selections().get(0)).selections())
        .containsExactly(
            new Selection.Field("title", "title"), new Selection.Field("likes", "likes"));
  }

  @Test
  void givenRootsBesideCollections_whenParsed_thenTheyAreThere() {
    assertThat(field("{__typename}")).isEqualTo(new TypeName("__typename", "Query"));
    assertThat(request("query @explain(type: execute) {U{name}}", Map.of()).explain())
        .isEqualTo(Request.Explain.EXECUTE);
    Request subscription = request("subscription {U(filter: {age: {_gt: 3}}) {name}}", Map.of());
    assertThat(subscription.operation()).isEqualTo(Request.Operation.SUBSCRIPTION);
    assertThat(subscription.fields()).singleElement().isInstanceOf(Select.class);
  }

  @Test
  void givenTheSameTextAgain_whenParsed_thenTheSameRequestComesBack() {
    String query = "{U{name}}";
    assertThat(door.parse(query, null, Map.of(), CATALOG))
        .isSameAs(door.parse(query, "", Map.of(), CATALOG));
  }

  @Test
  void givenAChangedCatalog_whenTheSameTextComes_thenItMeansTheNewTypes() {
    SdlCatalog growing = SdlCatalog.of("type A { n: String }");
    assertThat(door.parse("{B{n}}", null, Map.of(), growing))
        .isInstanceOf(ParsedRequest.Refused.class);
    growing.addSdl("type B { n: String }");
    assertThat(door.parse("{B{n}}", null, Map.of(), growing))
        .isInstanceOf(ParsedRequest.Asked.class);
  }

  @Test
  void givenOtherCollectionsOfTheSameGeneration_whenTheSameTextComes_thenItMeansTheirs() {
    SdlCatalog discarded = SdlCatalog.of("type A { n: String }");
    SdlCatalog committed = SdlCatalog.of("type B { n: String }");
    committed.generation(discarded.generation());
    assertThat(door.parse("{A{n}}", null, Map.of(), discarded))
        .isInstanceOf(ParsedRequest.Asked.class);
    assertThat(door.parse("{A{n}}", null, Map.of(), committed))
        .isInstanceOf(ParsedRequest.Refused.class);
    assertThat(door.parse("{B{n}}", null, Map.of(), committed))
        .isInstanceOf(ParsedRequest.Asked.class);
  }
}
