package io.defradb.query;

import static io.defradb.query.Requests.aggregate;
import static io.defradb.query.Requests.ascending;
import static io.defradb.query.Requests.descending;
import static io.defradb.query.Requests.mutation;
import static io.defradb.query.Requests.number;
import static io.defradb.query.Requests.query;
import static io.defradb.query.Requests.select;
import static io.defradb.query.Requests.text;
import static io.defradb.query.Requests.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.operator.QueryLimits;
import io.defradb.request.Filter;
import io.defradb.request.Mutation;
import io.defradb.request.Order;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Selection;
import io.defradb.request.TopAggregate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestRunnerTest {
  private final FakeStore store =
      new FakeStore()
          .put(
              FakeStore.USER,
              "a",
              Map.of("name", text("Ann"), "age", number(30), "city", text("X")))
          .put(FakeStore.USER, "b", Map.of("name", text("bob"), "city", text("Y")))
          .put(
              FakeStore.USER,
              "c",
              Map.of("name", text("Cid"), "age", number(25), "city", text("X")))
          .put(FakeStore.USER, "d", Map.of("name", text("Dee"), "age", number(30)))
          .put(
              FakeStore.POST,
              "p1",
              Map.of("title", text("t1"), "likes", number(3), "author_id", text("a")))
          .put(
              FakeStore.POST,
              "p2",
              Map.of("title", text("t2"), "likes", number(7), "author_id", text("a")))
          .put(FakeStore.POST, "p3", Map.of("title", text("t3"), "author_id", text("c")))
          .put(FakeStore.POST, "p4", Map.of("title", text("t4"), "author_id", text("gone")));

  private final RequestRunner runner = new RequestRunner(QueryLimits.DEFAULT);

  @AfterEach
  void everyCursorIsClosed() {
    assertThat(store.openCursors()).isZero();
  }

  private String run(RootField... fields) {
    return run(runner, query(fields));
  }

  private String run(RequestRunner by, Request request) {
    var out = new JsonWriter();
    by.run(request, store, Asker.ANONYMOUS, out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void givenNoOrder_whenSelected_thenDocumentsComeByDocIdWithSortedKeys() {
    assertThat(run(select("User", "User").of("name", "age", "_docID")))
        .isEqualTo(
            """
            {"User":[{"_docID":"a","age":30,"name":"Ann"},{"_docID":"b","age":null,"name":"bob"},\
            {"_docID":"c","age":25,"name":"Cid"},{"_docID":"d","age":30,"name":"Dee"}]}""");
  }

  @Test
  void givenUnknownAndRepeatedDocIds_whenSelected_thenEachKnownOneComesOnce() {
    assertThat(run(select("User", "User").docIds("c", "nope", "a", "c").of("name")))
        .isEqualTo("{\"User\":[{\"name\":\"Ann\"},{\"name\":\"Cid\"}]}");
    assertThat(run(select("User", "User").docIds().of("name"))).isEqualTo("{\"User\":[]}");
  }

  @Test
  void givenNulls_whenOrdered_thenTheyAreFirstAscendingAndLastDescendingAndTiesKeepTheirOrder() {
    assertThat(run(select("User", "User").order(ascending("age")).of("name")))
        .isEqualTo(
            "{\"User\":[{\"name\":\"bob\"},{\"name\":\"Cid\"},{\"name\":\"Ann\"},{\"name\":\"Dee\"}]}");
    assertThat(run(select("User", "User").order(descending("age")).of("name")))
        .isEqualTo(
            "{\"User\":[{\"name\":\"Ann\"},{\"name\":\"Dee\"},{\"name\":\"Cid\"},{\"name\":\"bob\"}]}");
  }

  @Test
  void givenALimit_whenOrdered_thenTheTopRowsAreThoseOfTheFullSort() {
    assertThat(run(select("User", "User").order(descending("age")).offset(1).limit(2).of("name")))
        .isEqualTo("{\"User\":[{\"name\":\"Dee\"},{\"name\":\"Cid\"}]}");
  }

  @Test
  void givenAnEqualityOnAnIndexedField_whenFiltered_thenOnlyMatchesAreRead() {
    assertThat(run(select("User", "User").filter(where("city", "_eq", text("X"))).of("name")))
        .isEqualTo("{\"User\":[{\"name\":\"Ann\"},{\"name\":\"Cid\"}]}");
    assertThat(store.documentsRead()).isEqualTo(2);
  }

  @Test
  void givenARelation_whenSelected_thenBothSidesAreJoined() {
    assertThat(run(select("Post", "Post").of("title", select("author", "User").of("name"))))
        .isEqualTo(
            """
            {"Post":[{"author":{"name":"Ann"},"title":"t1"},{"author":{"name":"Ann"},"title":"t2"},\
            {"author":{"name":"Cid"},"title":"t3"},{"author":null,"title":"t4"}]}""");
    assertThat(
            run(
                select("User", "User")
                    .of("name", select("posts", "Post").order(descending("likes")).of("title"))))
        .isEqualTo(
            """
            {"User":[{"name":"Ann","posts":[{"title":"t2"},{"title":"t1"}]},{"name":"bob","posts":[]},\
            {"name":"Cid","posts":[{"title":"t3"}]},{"name":"Dee","posts":[]}]}""");
  }

  @Test
  void givenAConditionOnRelated_whenFiltered_thenThoseWithAMatchStay() {
    Filter popular = new Filter.OnRelation("posts", where("likes", "_gt", number(5)));
    assertThat(run(select("User", "User").filter(popular).of("name")))
        .isEqualTo("{\"User\":[{\"name\":\"Ann\"}]}");
    Filter byAnn = new Filter.OnRelation("author", where("name", "_eq", text("Ann")));
    assertThat(run(select("Post", "Post").filter(new Filter.Not(byAnn)).of("title")))
        .isEqualTo("{\"Post\":[{\"title\":\"t3\"},{\"title\":\"t4\"}]}");
  }

  @Test
  void givenGroups_whenAggregated_thenMembersAreAddedUpInOrderOfFirstAppearance() {
    assertThat(
            run(
                select("User", "User")
                    .groupBy("age")
                    .of("age", aggregate("n", "_count", "_group", null, null))))
        .isEqualTo("{\"User\":[{\"age\":30,\"n\":2},{\"age\":null,\"n\":1},{\"age\":25,\"n\":1}]}");
    assertThat(
            run(
                select("User", "User")
                    .groupBy("age")
                    .order(ascending("age"))
                    .limit(2)
                    .of("age", select("_group", "User").of("name"))))
        .isEqualTo(
            """
            {"User":[{"_group":[{"name":"bob"}],"age":null},{"_group":[{"name":"Cid"}],"age":25}]}""");
  }

  @Test
  void givenAFieldThatIsNotGrouped_whenPlanned_thenItIsNamed() {
    assertThatThrownBy(() -> run(select("User", "User").groupBy("age").of("name")))
        .hasMessage("cannot select a non-group-by field at group-level. Field: name");
    assertThatThrownBy(() -> run(select("User", "User").of(select("_group", "User").of("name"))))
        .hasMessage("_group may only be referenced when within a groupBy request");
  }

  @Test
  void givenAggregatesOfRelations_whenOrderedAndFilteredByAlias_thenTheirValuesDecide() {
    var total = aggregate("total", "_sum", "posts", "likes", null);
    assertThat(
            run(
                select("User", "User")
                    .order(descending("_alias", "total"))
                    .filter(
                        new Filter.OnAlias("total", new Filter.Condition.Compare("_ge", number(0))))
                    .limit(2)
                    .of("name", total)))
        .isEqualTo("{\"User\":[{\"name\":\"Ann\",\"total\":10},{\"name\":\"bob\",\"total\":0}]}");
    assertThatThrownBy(() -> run(select("User", "User").order(ascending("_alias", "x")).of("name")))
        .hasMessage("field or alias not found. Name: x");
  }

  @Test
  void givenNothingSet_whenAggregated_thenSumsAreZeroAndExtremesNull() {
    var olderThan99 = where("age", "_gt", number(99));
    assertThat(
            run(
                new TopAggregate(aggregate("a", "_avg", "User", "age", olderThan99)),
                new TopAggregate(aggregate("c", "_count", "User", null, null)),
                new TopAggregate(aggregate("m", "_min", "User", "age", olderThan99)),
                new TopAggregate(aggregate("n", "_min", "User", "age", null)),
                new TopAggregate(aggregate("s", "_sum", "User", "age", null))))
        .isEqualTo("{\"a\":0,\"c\":4,\"m\":null,\"n\":25,\"s\":85}");
  }

  @Test
  void givenMutations_whenRun_thenTheyRunInTheOrderWrittenAndAnswerSorted() {
    var create =
        new Mutation.Create(
            "z",
            "User",
            List.of(Map.of("name", text("p")), Map.of("name", text("p"))),
            false,
            Set.of(),
            List.of(Requests.field("_docID")));
    var update =
        new Mutation.Update(
            "a",
            "User",
            null,
            where("name", "_eq", text("p")),
            Map.of("age", number(9)),
            List.of(Requests.field("age")));
    assertThat(run(runner, mutation(create, update)))
        .isEqualTo(
            """
            {"a":[{"age":9},{"age":9}],"z":[{"_docID":"new-8"},{"_docID":"new-9"}]}""");
  }

  @Test
  void givenAnUpdateOutOfItsFilter_whenAnswered_thenTheDocumentIsMissing() {
    var update =
        new Mutation.Update(
            "u",
            "User",
            null,
            where("age", "_eq", number(25)),
            Map.of("age", Value.NULL),
            List.of(Requests.field("name")));
    assertThat(run(runner, mutation(update))).isEqualTo("{\"u\":[]}");
    assertThat(run(select("User", "User").docIds("c").of("age")))
        .isEqualTo("{\"User\":[{\"age\":null}]}");
  }

  @Test
  void givenADelete_whenRepeated_thenOnlyTheFirstAnswersTheDocument() {
    var delete =
        new Mutation.Delete(
            "d",
            "User",
            List.of("a"),
            null,
            List.of(Requests.field("_deleted"), Requests.field("name")));
    assertThat(run(runner, mutation(delete)))
        .isEqualTo("{\"d\":[{\"_deleted\":true,\"name\":\"Ann\"}]}");
    assertThat(run(runner, mutation(delete))).isEqualTo("{\"d\":[]}");
    assertThat(run(select("User", "User").deletedShown().docIds("a").of("_deleted")))
        .isEqualTo("{\"User\":[{\"_deleted\":true}]}");
  }

  @Test
  void givenAnUpsert_whenSeveralMatch_thenNothingChanges() {
    var upsert =
        new Mutation.Upsert(
            "u",
            "User",
            where("age", "_eq", number(30)),
            Map.of("name", text("new")),
            Map.of("age", number(1)),
            List.of(Requests.field("name")));
    assertThatThrownBy(() -> run(runner, mutation(upsert)))
        .hasMessage("cannot upsert multiple matching documents");
    assertThat(store.live(FakeStore.USER)).hasSize(4);
  }

  @Test
  void givenMoreRowsThanMayBeHeld_whenSorted_thenTheRequestFailsAndClosesEverything() {
    var small = new RequestRunner(new QueryLimits(1600, 1000));
    assertThatThrownBy(
            () -> run(small, query(select("User", "User").order(ascending("name")).of("name"))))
        .isInstanceOfSatisfying(
            DefraException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.TOO_LARGE));
    assertThat(
            run(small, query(select("User", "User").order(ascending("age")).limit(1).of("name"))))
        .isEqualTo("{\"User\":[{\"name\":\"bob\"}]}");
  }

  @Test
  void givenALongAnswer_whenItOutgrowsItsBound_thenTheRequestFailsAndClosesEverything() {
    var small = new RequestRunner(new QueryLimits(0, 50));
    assertThatThrownBy(() -> run(small, query(select("User", "User").of("name"))))
        .isInstanceOfSatisfying(
            DefraException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @Test
  void givenAPathThroughAnAlias_whenOrdered_thenTheRelatedValueDecides() {
    var author = select("author", "User").of(new Selection.Field("called", "name"));
    for (Order order :
        List.of(descending("author", "_alias", "called"), descending("author", "name"))) {
      assertThat(run(select("Post", "Post").order(order).limit(1).of("title", author)))
          .isEqualTo("{\"Post\":[{\"author\":{\"called\":\"Cid\"},\"title\":\"t3\"}]}");
    }
  }

  @Test
  void givenGroupsByARelation_whenSelected_thenItsKeyAndItsDocumentCanBeAsked() {
    assertThat(
            run(
                select("Post", "Post")
                    .groupBy("author")
                    .limit(1)
                    .of("author_id", select("author", "User").of("name"))))
        .isEqualTo("{\"Post\":[{\"author\":{\"name\":\"Ann\"},\"author_id\":\"a\"}]}");
    assertThatThrownBy(() -> run(select("User", "User").groupBy("posts").of()))
        .hasMessage("invalid field value to groupBy. Field: posts");
  }

  @Test
  void givenOneDocumentAndNoIndex_whenJoinedTwice_thenNoRowIsHeld() {
    var small = new RequestRunner(new QueryLimits(0, 1000));
    assertThat(
            run(
                small,
                query(
                    select("User", "User")
                        .docIds("a")
                        .of(
                            select("posts", "Post").of("title"),
                            aggregate("n", "_count", "posts", null, null)))))
        .isEqualTo("{\"User\":[{\"n\":2,\"posts\":[{\"title\":\"t1\"},{\"title\":\"t2\"}]}]}");
  }
}
