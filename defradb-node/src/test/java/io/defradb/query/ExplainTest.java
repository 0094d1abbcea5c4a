package io.defradb.query;

import static io.defradb.query.Requests.aggregate;
import static io.defradb.query.Requests.ascending;
import static io.defradb.query.Requests.number;
import static io.defradb.query.Requests.select;
import static io.defradb.query.Requests.text;
import static io.defradb.query.Requests.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.acp.Asker;
import io.defradb.document.JsonWriter;
import io.defradb.query.operator.QueryLimits;
import io.defradb.request.Filter;
import io.defradb.request.Mutation;
import io.defradb.request.Request;
import io.defradb.request.Request.Explain;
import io.defradb.request.Request.Operation;
import io.defradb.request.RootField;
import io.defradb.request.TopAggregate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The trees are those of the reference (query language specification, 8). */
class ExplainTest {
  private final FakeStore store = new FakeStore();

  private String explain(Explain explain, RootField field) {
    var out = new JsonWriter();
    new RequestRunner(QueryLimits.DEFAULT)
        .run(new Request(Operation.QUERY, List.of(field), explain), store, Asker.ANONYMOUS, out);
    String json = new String(out.toBytes(), StandardCharsets.UTF_8);
    return json.replace("{\"explain\":{\"operationNode\":", "").replace("\"", "");
  }

  @Test
  void givenALimitedOrder_whenExplained_thenNodesNestFromOutsideIn() {
    assertThat(
            explain(
                Explain.SIMPLE,
                select("User", "User")
                    .filter(where("age", "_gt", number(5)))
                    .order(ascending("name"))
                    .limit(2)
                    .of("name")))
        .isEqualTo(
            """
            [{selectTopNode:{limitNode:{limit:2,offset:0,orderNode:{orderings:[{direction:ASC,\
            fields:[name]}],selectNode:{docID:null,filter:null,scanNode:{collectionID:id-User,\
            collectionName:User,filter:{age:{_gt:5}},prefixes:[/2]}}}}}}]}}""");
  }

  @Test
  void givenARelatedFilter_whenExplained_thenItStandsAboveTheJoin() {
    assertThat(
            explain(
                Explain.SIMPLE,
                select("Post", "Post")
                    .filter(new Filter.OnRelation("author", where("name", "_eq", text("Ann"))))
                    .of("title", select("author", "User").of("name"))))
        .isEqualTo(
            """
            [{selectTopNode:{selectNode:{docID:null,filter:{author:{name:{_eq:Ann}}},typeIndexJoin:{\
            direction:primary,joinType:typeJoinOne,root:{scanNode:{collectionID:id-Post,collectionName:Post,\
            filter:null,prefixes:[/1]}},rootName:posts,subType:{selectTopNode:{selectNode:{docID:null,\
            filter:null,scanNode:{collectionID:id-User,collectionName:User,filter:null,prefixes:[/2]}}}},\
            subTypeName:author}}}}]}}""");
  }

  @Test
  void givenTwoJoins_whenDebugged_thenTheyShareAScan() {
    assertThat(
            explain(
                Explain.DEBUG,
                select("User", "User")
                    .of(
                        select("posts", "Post").limit(1).of("title"),
                        aggregate("n", "_count", "posts", null, null))))
        .isEqualTo(
            """
            [{selectTopNode:{countNode:{selectNode:{parallelNode:[{typeIndexJoin:{typeJoinMany:{root:{\
            multiScanNode:{scanNode:{}}},subType:{selectTopNode:{limitNode:{selectNode:{scanNode:{}}}}}}}},\
            {typeIndexJoin:{typeJoinMany:{root:{multiScanNode:{scanNode:{}}},subType:{selectTopNode:{\
            selectNode:{scanNode:{}}}}}}}]}}}}]}}""");
  }

  @Test
  void givenGroupsWithAnAverage_whenExplained_thenItRunsOverSetValues() {
    assertThat(
            explain(
                Explain.SIMPLE,
                select("User", "User")
                    .groupBy("age")
                    .of(
                        "age",
                        select("_group", "User").of("name"),
                        aggregate("a", "_avg", "_group", "points", null))))
        .isEqualTo(
            """
            [{selectTopNode:{averageNode:{countNode:{sources:[{fieldName:_group,filter:{points:{_ne:null}}}],\
            sumNode:{groupNode:{childSelects:[{collectionName:User,docID:null,filter:null,groupBy:null,\
            limit:null,orderBy:null},{collectionName:User,docID:null,filter:{points:{_ne:null}},groupBy:null,\
            limit:null,orderBy:null}],groupByFields:[age],selectNode:{docID:null,filter:null,scanNode:{\
            collectionID:id-User,collectionName:User,filter:null,prefixes:[/2]}}},sources:[{childFieldName:points,\
            fieldName:_group,filter:{points:{_ne:null}}}]}}}}}]}}""");
  }

  @Test
  void givenATopAggregate_whenDebugged_thenItsPartsStandSideBySide() {
    assertThat(
            explain(
                Explain.DEBUG, new TopAggregate(aggregate("_avg", "_avg", "User", "age", null))))
        .isEqualTo(
            """
            [{topLevelNode:[{selectTopNode:{selectNode:{scanNode:{}}}},{sumNode:{}},{countNode:{}},\
            {averageNode:{}}]}]}}""");
  }

  @Test
  void givenADelete_whenExplained_thenNothingIsDeleted() {
    store.put(FakeStore.USER, "a", Map.of());
    var delete =
        new Mutation.Delete("d", "User", List.of("a"), null, List.of(Requests.field("_docID")));
    assertThat(explain(Explain.SIMPLE, delete))
        .isEqualTo(
            """
            [{deleteNode:{docID:[a],filter:null,selectTopNode:{selectNode:{docID:[a],filter:null,scanNode:{\
            collectionID:id-User,collectionName:User,filter:null,prefixes:[/2/a]}}}}}]}}""");
    assertThat(store.live(FakeStore.USER)).hasSize(1);
  }

  /** What {@code execute} says about the one field, without what is the same for all. */
  private String execute(RootField field) {
    String said = explain(Explain.EXECUTE, field);
    String same = ",planExecutions:2,sizeOfResult:1}}";
    assertThat(said).startsWith("{explain:{executionSuccess:true,operationNode:[").endsWith(same);
    return said.substring(said.indexOf('['), said.length() - same.length());
  }

  @Test
  void givenALimitedFilter_whenExecuted_thenReadingStopsWithTheLimit() {
    store.put(FakeStore.USER, "a", Map.of("name", text("Ann"), "age", number(3)));
    store.put(FakeStore.USER, "b", Map.of("name", text("Bob"), "age", number(7)));
    store.put(FakeStore.USER, "c", Map.of("name", text("Cid")));
    store.put(FakeStore.USER, "d", Map.of("name", text("Dan"), "age", number(9)));
    assertThat(
            execute(
                select("User", "User").filter(where("age", "_gt", number(5))).limit(1).of("name")))
        .isEqualTo(
            """
            [{selectTopNode:{limitNode:{iterations:2,selectNode:{filterMatches:1,iterations:1,scanNode:{\
            docFetches:2,fieldFetches:4,indexFetches:0,iterations:1}}}}}]""");
  }

  @Test
  void givenAJoin_whenExecuted_thenBothSidesAreCounted() {
    store.put(FakeStore.USER, "a", Map.of("name", text("Ann")));
    store.put(FakeStore.USER, "b", Map.of("name", text("Bob")));
    store.put(FakeStore.POST, "p", Map.of("title", text("x"), "author_id", text("a")));
    store.put(FakeStore.POST, "q", Map.of("title", text("y"), "author_id", text("a")));
    assertThat(execute(select("Post", "Post").of(select("author", "User").of("name"))))
        .isEqualTo(
            """
            [{selectTopNode:{selectNode:{filterMatches:2,iterations:3,typeIndexJoin:{iterations:3,scanNode:{\
            docFetches:2,fieldFetches:4,indexFetches:0,iterations:3},subTypeScanNode:{docFetches:2,\
            fieldFetches:2,indexFetches:0,iterations:2}}}}}]""");
    // Without an index on the key every author's posts cost a scan of all posts.
    assertThat(execute(select("User", "User").of(select("posts", "Post").of("title"))))
        .contains("subTypeScanNode:{docFetches:4,fieldFetches:8,indexFetches:0,iterations:4}");
  }

  @Test
  void givenADelete_whenExecuted_thenItIsDone() {
    store.put(FakeStore.USER, "a", Map.of());
    store.put(FakeStore.USER, "b", Map.of());
    var delete =
        new Mutation.Delete("d", "User", List.of("a"), null, List.of(Requests.field("_docID")));
    assertThat(execute(delete)).startsWith("[{deleteNode:{iterations:2,");
    assertThat(store.live(FakeStore.USER)).hasSize(1);
  }
}
