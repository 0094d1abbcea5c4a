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
}
