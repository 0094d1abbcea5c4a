package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers that nobody would guess and that are the reference's all the same, found by asking it.
 */
class ReferenceWaysTest {
  private static final String PARIS = "bae-386533bc-0d99-5b98-a02d-244207fa5e13";
  private static final String ROME = "bae-1a3a4ec7-a050-598e-bec8-84f32ecada1b";

  @TempDir Path root;
  private DefraNode node;

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.inMemory(root));
    String sdl =
        "type A {n: Int k: Int s: String d: Int @default(int: 5) l: [Int] b: B}"
            + " type B {m: Int t: String as: [A]}"
            + " type P {n: Int q: Q @primary} type Q {m: Int p: P}";
    assertThat(ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    data("mutation{create_B(input:[{m:1,t:'x'},{m:2,t:'y'}]){m}}");
    data(
        "mutation{create_A(input:[{n:1,k:1,s:'a',b:'"
            + PARIS
            + "'},{n:2,k:1,s:'a',b:'"
            + ROME
            + "'},{n:3,k:1,s:'b',b:'"
            + ROME
            + "'},{n:4,k:2,s:'b',b:'"
            + PARIS
            + "'}]){n}}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** What stands in the answer to a request; quotes are written as {@code '}. */
  private String data(String request) throws Exception {
    return read(graphql(node, request.replace("'", "\\\"")));
  }

  private String data(String request, String variables) throws Exception {
    String body = "{\"query\":\"" + request + "\",\"variables\":" + variables + "}";
    return read(ask(node, "POST", "/api/v0/graphql", body.replace("'", "\\\"")).body().strip());
  }

  private static String read(String answer) {
    assertThat(answer).startsWith("{\"data\":{").doesNotContain("\"errors\"");
    return answer.substring(8, answer.length() - 1).replace("\"", "'");
  }

  private String refusal(String request) throws Exception {
    String answer = graphql(node, request.replace("'", "\\\""));
    assertThat(answer).startsWith("{\"errors\":[{\"message\":\"");
    return answer;
  }

  @Test
  void givenASelectionOfTheRelation_whenFilteredByIt_thenTheFilterSeesWhatIsSelected()
      throws Exception {
    assertThat(data("{B(filter:{as:{n:{_eq:2}}}){m as{n}}}"))
        .isEqualTo("{'B':[{'as':[{'n':3},{'n':2}],'m':2}]}");
    assertThat(data("{B(filter:{as:{n:{_eq:2}}}){m as(filter:{n:{_eq:3}}){n}}}"))
        .isEqualTo("{'B':[]}");
    assertThat(data("{B(filter:{as:{n:{_eq:2}}}){m as(limit:1){n}}}")).isEqualTo("{'B':[]}");
    assertThat(data("{A(filter:{b:{m:{_eq:2}}}){n b(filter:{m:{_eq:1}}){m}}}"))
        .isEqualTo("{'A':[]}");
    assertThat(data("{A(filter:{k:{_eq:2}}){b(filter:{as:{n:{_eq:1}}}){m as(limit:1){n}}}}"))
        .isEqualTo("{'A':[{'b':null}]}");
  }

  @Test
  void givenAWriteThatCannotBe_whenAskedByRest_thenTheTextIsTheReferences() throws Exception {
    String city = "/api/v0/collections/B/" + PARIS;
    assertThat(ask(node, "PATCH", city, "{\"_docID\": \"" + PARIS + "\"}").body())
        .contains("unknown crdt. Type: none");
    assertThat(
            ask(node, "POST", "/api/v0/collections/B?encryptFields=z", "{\"m\":1,\"t\":\"x\"}")
                .body())
        .contains("a document with the given ID already exists");
    assertThat(ask(node, "POST", "/api/v0/schema", "{}").body())
        .contains("Syntax Error GraphQL (1:1) Unexpected empty IN {}");
    String patch =
        "{'Patch':'[{^op^:^add^,^path^:^/A/Fields/z^,^value^:{^Kind^:4}}]',"
            + "'Migration':{'Lenses':[{'Path':'/nope'}]}}";
    assertThat(
            ask(node, "PATCH", "/api/v0/schema", patch.replace("'", "\"").replace("^", "\\\""))
                .body())
        .contains("invalid module path: /nope");
    assertThat(refusal("{A{z}}")).contains("Cannot query field");
  }

  @Test
  void givenNegativeBounds_whenAsked_thenTheyCountWithoutASign() throws Exception {
    String all = data("{Q{m}B{m}}");
    assertThat(data("{Q(limit:-1){m}B(limit:-1){m}}")).isEqualTo(all);
    assertThat(data("{Q(offset:0){m}B(limit:0,offset:0){m}}")).isEqualTo(all);
    assertThat(data("{B(offset:-1){m}}")).isEqualTo("{'B':[]}");
    assertThat(data("{B(limit:-1,offset:1){m}}")).isEqualTo("{'B':[]}");
    assertThat(data("{B(limit:-2,offset:1){m}}")).isEqualTo(data("{B(offset:1){m}}"));
    assertThat(data("{_count(A:{offset:-1})_sum(A:{field:n,offset:-1})}"))
        .isEqualTo("{'_count':0,'_sum':0}");
    assertThat(data("{_count(A:{limit:-1})_sum(A:{field:n,limit:-1})}"))
        .isEqualTo("{'_count':4,'_sum':10}");
    assertThat(data("{_count(A:{limit:-1,offset:1})_sum(A:{field:n,limit:-2,offset:1})}"))
        .isNotEqualTo(data("{_count(A:{})_sum(A:{field:n})}"))
        .contains("'_count':0");
    assertThat(
            data(
                "{A(groupBy:[k],order:{k:ASC},filter:{k:{_eq:1}})"
                    + "{c:_count(_group:{limit:-1})n:_count(_group:{limit:1,offset:-1})}}"))
        .isEqualTo("{'A':[{'c':3,'n':0}]}");
    data("mutation{update_A(filter:{n:{_eq:1}},input:{l:[1,2,3]}){n}}");
    assertThat(
            data(
                "{A(filter:{n:{_eq:1}}){s:_sum(l:{limit:-1})a:_avg(l:{limit:-1,offset:1})"
                    + "m:_max(l:{offset:-2,limit:1})}}"))
        .isEqualTo("{'A':[{'a':2.5,'m':null,'s':6}]}");
  }

  @Test
  void givenNullWhereAListOrPatternIsWanted_whenAValueIsTested_thenItIsRefused() throws Exception {
    String text = "unexpected type. Property: condition, Actual: \\u003cnil\\u003e";
    for (String operator : List.of("_in", "_nin", "_like", "_nlike", "_ilike", "_nilike")) {
      assertThat(refusal("{A(filter:{s:{" + operator + ":null}}){n}}")).contains(text);
      assertThat(data("{P(filter:{n:{_in:null}}){n}}")).isEqualTo("{'P':[]}");
    }
    assertThat(data("query @explain(type: execute){A(filter:{n:{_in:null}}){n}}"))
        .contains("'executionErrors':['failure at plan execution count: 1','unexpected type")
        .contains("'executionSuccess':false,'planExecutions':1");
    assertThat(data("{A(filter:{l:{_any:null}}){n}}")).isEqualTo("{'A':[]}");
  }

  @Test
  void givenFieldsThatAreNoKeys_whenGrouped_thenEachIsNamed() throws Exception {
    String each = "cannot select a non-group-by field at group-level. Field: ";
    for (String directive : List.of("", " @explain", " @explain(type: execute)")) {
      assertThat(refusal("query" + directive + "{A(groupBy:[n]){n k s}}"))
          .contains("{\"message\":\"" + each + "k\"},{\"message\":\"" + each + "s\"}");
      assertThat(refusal("query" + directive + "{A{n _group{n}}}"))
          .contains("_group may only be referenced when within a groupBy request");
      assertThat(refusal("query" + directive + "{A(order:{_alias:{x:ASC}}){n}}"))
          .contains("field or alias not found. Name: x");
      assertThat(refusal("query" + directive + "{A(cid:'x'){n}}"))
          .contains("invalid cid: cid too short");
    }
  }

  @Test
  void givenCommitsOfNoNamedField_whenAsked_thenThoseOfTheDocument() throws Exception {
    String ofDocument = data("{commits(docID:'" + ROME + "',fieldName:'_C'){cid}}");
    assertThat(ofDocument).contains("bafy");
    assertThat(data("{commits(docID:'" + ROME + "',fieldName:null){cid}}")).isEqualTo(ofDocument);
    assertThat(data("{commits(docID:'" + ROME + "',fieldName:''){cid}}")).isEqualTo(ofDocument);
    assertThat(data("{commits(docID:'" + ROME + "',depth:-1){cid}}"))
        .isEqualTo(data("{commits(docID:'" + ROME + "'){cid}}"));
  }

  @Test
  void givenDocumentsFoundByTheirKey_whenFilteredByThatKey_thenTheFilterGivesWay()
      throws Exception {
    String all = "{'B':[{'as':[{'n':3},{'n':2}]},{'as':[{'n':4},{'n':1}]}]}";
    assertThat(data("{B{as(filter:{b_id:{_eq:'" + ROME + "'}}){n}}}")).isEqualTo(all);
    assertThat(data("{B{as(filter:{b_id:{_eq:null}, n:{_gt:1}}){n}}}"))
        .isEqualTo("{'B':[{'as':[{'n':3},{'n':2}]},{'as':[{'n':4}]}]}");
    assertThat(data("{B{_count(as:{filter:{b_id:{_ne:'" + ROME + "'}}})}}"))
        .isEqualTo("{'B':[{'_count':2},{'_count':2}]}");
  }

  @Test
  void givenEmptyConditions_whenSomethingIsComputedBesideThem_thenTheyAskNothing()
      throws Exception {
    assertThat(data("{B(filter:{_or:[]}){m}}")).isEqualTo("{'B':[]}");
    assertThat(data("{B(filter:{_or:[]}){m _count(as:{})}}"))
        .isEqualTo("{'B':[{'_count':2,'m':2},{'_count':2,'m':1}]}");
    assertThat(data("{B(filter:{_or:[{},{m:{_eq:1}}]}){m as{n}}}"))
        .isEqualTo("{'B':[{'as':[{'n':4},{'n':1}],'m':1}]}");
    assertThat(data("{A(filter:{_not:{}}){n _count(l:{})}}")).contains("'n':1");
  }

  @Test
  void givenGroupsUnderAnOrder_whenMembersAreLimited_thenAllAreShownAndTheLimitCounts()
      throws Exception {
    assertThat(data("{A(groupBy:[k]){k _group(limit:1){n}}}"))
        .isEqualTo("{'A':[{'_group':[{'n':3}],'k':1},{'_group':[{'n':4}],'k':2}]}");
    assertThat(
            data(
                "{A(groupBy:[k],order:{k:DESC}){k _group(limit:1){n} _sum(_group:{field:n,limit:1})}}"))
        .isEqualTo(
            "{'A':[{'_group':[{'n':4}],'_sum':4,'k':2},"
                + "{'_group':[{'n':3},{'n':1},{'n':2}],'_sum':3,'k':1}]}");
    assertThat(data("{B(order:{m:ASC}){as(groupBy:[s]){_group(offset:1){n s}}}}"))
        .contains("{'n':4,'s':'b'}", "{'n':1,'s':'a'}");
  }

  @Test
  void givenAKeyOfGroupsThatNobodyAsksFor_whenGrouped_thenItTellsNoGroupsApart() throws Exception {
    assertThat(data("{A(groupBy:[s,k]){s k}}").split("\\}, *\\{|\\},\\{")).hasSize(3);
    assertThat(data("{A(groupBy:[s,k]){k _count(_group:{})}}"))
        .isEqualTo("{'A':[{'_count':3,'k':1},{'_count':1,'k':2}]}");
    assertThat(data("{A(groupBy:[s,k],filter:{s:{_ne:'x'}}){k}}").split("k")).hasSize(4);
    assertThat(data("{A(groupBy:[s]){_count(_group:{})}}"))
        .isEqualTo("{'A':[{'_count':2},{'_count':2}]}");
    assertThat(data("{A(groupBy:[s]){s _group(groupBy:[k]){_group{n}}}}"))
        .contains("{'_group':[{'n':3},{'n':4}]}");
  }

  @Test
  void givenAVariableWithoutAValue_whenItIsAMember_thenTheMemberIsNotThere() throws Exception {
    assertThat(data("query Q($v: Int) {A(filter:{n:{_eq:$v}}){k}}", "{}").split("k")).hasSize(5);
    assertThat(data("query Q($v: Int) {A(filter:{n:{_eq:$v}}){k}}", "{\"v\":null}"))
        .isEqualTo("{'A':[]}");
    assertThat(data("mutation Q($v: Int) {create_A(input:{n:5, d:$v}){d}}", "{}"))
        .isEqualTo("{'create_A':[{'d':5}]}");
    assertThat(data("mutation Q($v: Int = 7) {create_A(input:{n:6, d:$v}){d}}", "{\"v\":null}"))
        .isEqualTo("{'create_A':[{'d':null}]}");
  }

  @Test
  void givenAVariableOfAnyKind_whenATextIsWanted_thenItIsPrinted() throws Exception {
    String create = "mutation Q($v: String) {create_B(input:{t:$v}){t}}";
    assertThat(data(create, "{\"v\":[1000000,{\"b\":null,\"a\":[true,\"x\"]},0.00001]}"))
        .isEqualTo("{'create_B':[{'t':'[1e+06 map[a:[true x] b:\\u003cnil\\u003e] 1e-05]'}]}");
    assertThat(data(create, "{\"v\":0.0001234}")).isEqualTo("{'create_B':[{'t':'0.0001234'}]}");
    assertThat(data("query Q($v: Boolean) {B(showDeleted:$v){m}}", "{\"v\":[true]}"))
        .contains("'m':1");
  }

  @Test
  void givenLettersOfSeveralBytes_whenTheTextIsFaulty_thenColumnsCountBytes() throws Exception {
    assertThat(refusal("{B(filter:{t:{_eq:'ü'}) {m}}"))
        .contains("(1:24) Expected Name, found )", "\\n                          ^\\n");
  }

  @Test
  void givenDocumentsSelectedBeside_whenAnAggregateIsOrderedThroughThem_thenItKnowsWhatIsSelected()
      throws Exception {
    String ordered = "_sum(as:{field:n,order:{b:{m:DESC}}})";
    assertThat(data("{B{" + ordered + "}}")).isEqualTo("{'B':[{'_sum':5},{'_sum':5}]}");
    assertThat(data("{B{as{b{t}} " + ordered + "}}")).contains("'_sum':5");
    assertThat(refusal("{B{as{n} " + ordered + "}}")).contains("field or alias not found. Name: b");
    assertThat(refusal("{B{_count(as:{}) " + ordered + "}}"))
        .contains("field or alias not found. Name: b");
  }

  @Test
  void givenAKeyThatTheOtherSideHolds_whenItsDocumentIsFilteredAway_thenItIsNull()
      throws Exception {
    String made = data("mutation{create_Q(input:{m:1}){_docID}}");
    String docId = made.substring(made.indexOf("bae-"), made.lastIndexOf('\''));
    data("mutation{create_P(input:{n:7,q:'" + docId + "'}){n}}");
    assertThat(data("{Q{p(filter:{n:{_eq:7}}){n} p_id}}")).contains("'p':{'n':7},'p_id':'bae-");
    assertThat(data("{Q{p(filter:{n:{_eq:8}}){n} p_id}}"))
        .isEqualTo("{'Q':[{'p':null,'p_id':null}]}");
    assertThat(data("{P{q(filter:{m:{_eq:8}}){m} q_id}}"))
        .isEqualTo("{'P':[{'q':null,'q_id':'" + docId + "'}]}");
  }

  @Test
  void whenADeletedDocumentIsPatched_thenItsBodyIsReadFirst() throws Exception {
    data("mutation{delete_B(docID:'" + ROME + "'){m}}");
    String path = "/api/v0/collections/B/" + ROME;
    assertThat(ask(node, "PATCH", path, "{\"m\":").body()).doesNotContain("deleted");
    assertThat(ask(node, "PATCH", path, "{\"m\":3}").body())
        .contains("a document with the given ID has been deleted");
  }

  @Test
  void givenASelectionWithTheFilterOfAnAggregate_whenItShowsLess_thenTheAggregateIsOfThat()
      throws Exception {
    assertThat(
            data("{A(groupBy:[k],filter:{k:{_eq:1}}){_group(groupBy:[s]){s}c:_count(_group:{})}}"))
        .isEqualTo("{'A':[{'_group':[{'s':'b'},{'s':'a'}],'c':2}]}");
    // A group has the values of its last document.
    assertThat(
            data(
                "{A(groupBy:[k],filter:{k:{_eq:1}})"
                    + "{_group(groupBy:[s]){s _group{n}}c:_sum(_group:{field:n})}}"))
        .isEqualTo(
            "{'A':[{'_group':[{'_group':[{'n':3}],'s':'b'},{'_group':[{'n':1},{'n':2}],'s':'a'}],'c':5}]}");
    assertThat(
            data(
                "{A(groupBy:[k],filter:{k:{_eq:1}})"
                    + "{_group(groupBy:[s]){s}c:_count(_group:{filter:{n:{_gt:0}}})"
                    + "a:_avg(_group:{field:n})}}"))
        .contains("'a':2,'c':3");
    assertThat(data("{B(filter:{m:{_eq:1}}){as(groupBy:[d]){d}c:_count(as:{})}}"))
        .isEqualTo("{'B':[{'as':[{'d':5}],'c':1}]}");
    assertThat(data("{B(filter:{m:{_eq:1}}){as(docID:'" + PARIS + "'){d}c:_count(as:{})}}"))
        .isEqualTo("{'B':[{'as':[],'c':0}]}");
  }

  @Test
  void givenAverages_whenExplained_thenTheirCountsAndSumsComeBeforeAllElse() throws Exception {
    assertThat(
            data(
                "query @explain(type:debug){B{a:_avg(as:{field:n})b:_max(as:{field:n})"
                    + "c:_avg(as:{field:n,limit:2})d:_avg(as:{field:k})}}"))
        .contains(
            "{'averageNode':{'maxNode':{'averageNode':{'averageNode':{'countNode':{'sumNode':"
                + "{'countNode':{'sumNode':{'selectNode':");
    assertThat(
            data(
                "query @explain{A{a:_avg(l:{filter:{_gt:1}})s:_sum(l:{filter:{_gt:1,_ne:null}})}}"))
        .contains("{'averageNode':{'sumNode':{'countNode':{'selectNode':");
    assertThat(data("query @explain(type:execute){B{a:_avg(as:{field:n})b:_max(as:{field:n})}}"))
        .contains(
            "{'averageNode':{'iterations':3,'maxNode':{'countNode':{'iterations':3,'sumNode'");
  }

  @Test
  void givenAChangeThatAnswersCommits_whenAsked_thenItsOwnIsTheOnlyOneOfAnUpdateAndNoneOfADelete()
      throws Exception {
    data("mutation{update_A(filter:{n:{_eq:1}},input:{k:5}){n}}");
    String version = "{_version{height}}}";
    assertThat(data("mutation{update_A(filter:{n:{_eq:1}},input:{k:6})" + version))
        .isEqualTo("{'update_A':[{'_version':[{'height':3}]}]}");
    assertThat(data("mutation{upsert_A(filter:{n:{_eq:1}},create:{n:9},update:{k:7})" + version))
        .isEqualTo("{'upsert_A':[{'_version':[{'height':4}]}]}");
    assertThat(data("mutation{delete_A(filter:{n:{_eq:1}}){_version{height}v:_version{height}}}"))
        .isEqualTo(
            "{'delete_A':[{'_version':[{'height':4},{'height':3},{'height':2},{'height':1}],"
                + "'v':[{'height':4},{'height':3},{'height':2},{'height':1}]}]}");
    assertThat(data("{A(filter:{n:{_eq:1}},showDeleted:true){_count(_version:{})}}"))
        .isEqualTo("{'A':[{'_count':5}]}");
  }

  @Test
  void givenAFilterThroughARelation_whenExplained_thenItsJoinComesBeforeThoseOfAggregates()
      throws Exception {
    assertThat(
            data(
                "query @explain(type:debug){A(filter:{b:{m:{_ne:9}}})"
                    + "{b_id b{m as{n}}x:_count(l:{})}}"))
        .contains("'typeJoinOne'");
    String joins =
        data("query @explain{B(filter:{as:{n:{_ne:9}}}){x:_max(as:{field:n,limit:1}) m}}");
    assertThat(joins.indexOf("limitNode")).isGreaterThan(joins.indexOf("typeIndexJoin"));
    assertThat(joins.substring(joins.lastIndexOf("'typeIndexJoin'"))).contains("limitNode");
    assertThat(data("query @explain{A(groupBy:[b]){b_id _group(groupBy:[k]){k}}}"))
        .contains("'groupBy':['k','b_id']")
        .contains("'groupByFields':['b_id']");
  }

  @Test
  void givenARelatedDocumentThatIsNotThere_whenTheFilterHoldsForNothing_thenExplainedRowsMatch()
      throws Exception {
    data("mutation{create_A(input:{n:9}){n}}");
    assertThat(data("{A(filter:{b:{m:{_ne:1}},n:{_in:[1,9]}}){n}}")).isEqualTo("{'A':[{'n':9}]}");
    assertThat(data("query @explain(type:execute){A(filter:{b:{m:{_ne:1}},n:{_in:[1,9]}}){n}}"))
        .contains("'filterMatches':1,");
    assertThat(data("query @explain(type:execute){A(filter:{b:{m:{_eq:1}},n:{_eq:9}}){n}}"))
        .contains("'filterMatches':0,");
  }

  @Test
  void givenAnExplanationOfNoKnownType_whenAsked_thenItIsRefused() throws Exception {
    for (String type : List.of("null", "$v")) {
      String variable = type.equals("null") ? "" : "($v:ExplainType)";
      assertThat(refusal("query" + variable + "@explain(type:" + type + "){A{n}}"))
          .contains("invalid / unknown explain type");
    }
  }

  @Test
  void givenDirectives_whenIntrospected_thenTheyComeInTheReferencesOrder() throws Exception {
    String names = data("{__schema{directives{name}}}").replaceAll("[^a-z_,]|name", "");
    assertThat(names)
        .endsWith(
            "crdt,default,explain,policy,index,primary,relation,materialized,branchable,"
                + "embedding,constraints");
  }

  @Test
  void givenAnIndexThatIsRead_whenRowsAreListedGroupedOrAdded_thenItsOrderShows() throws Exception {
    String sdl =
        "type L {n: Int l: [Int] @index d: [Int] @index(direction: DESC) s: String @index}";
    assertThat(ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    data(
        "mutation{create_L(input:[{n:1,l:[1,2],d:[1],s:'x'},{n:2,l:[2,3],d:[2,5],s:'x'},"
            + "{n:3,l:[0,5],d:[3],s:'y'},{n:4,l:[5],s:'x'},{n:5,l:[9,1],s:'y'}]){n}}");
    assertThat(data("{L(filter:{l:{_any:{_ge:1,_le:4}}}){n}}"))
        .isEqualTo("{'L':[{'n':1},{'n':5},{'n':2}]}".replace("{'n':1},{'n':5}", ones()));
    assertThat(data("{L(filter:{l:{_any:{_in:[9,0,3]}}}){n}}"))
        .isEqualTo("{'L':[{'n':5},{'n':3},{'n':2}]}");
    assertThat(data("{L(filter:{l:{_all:{_gt:1}}}){n}}")).isEqualTo("{'L':[{'n':2},{'n':4}]}");
    assertThat(data("{L(filter:{d:{_any:{_gt:0}}}){n}}"))
        .isEqualTo("{'L':[{'n':2},{'n':3},{'n':1}]}");
    String all = data("{L{n}}");
    assertThat(data("{L(filter:{l:{_none:{_eq:7}}}){n}}")).isEqualTo(all);
    // An order that an index has backwards is read backwards, in groups and before a limit too.
    String members = data("{L(filter:{s:{_eq:'x'}}){n}}");
    String backwards = data("{L(groupBy:[s],order:{s:DESC}){s _group{n}}}");
    assertThat(numbers(backwards.substring(backwards.indexOf("'y'"))))
        .isEqualTo(new StringBuilder(numbers(members)).reverse().toString());
    String last = numbers(members).substring(2);
    assertThat(data("{_sum(L:{field:n,order:{s:DESC},limit:3})}"))
        .isEqualTo("{'_sum':" + (3 + 5 + Integer.parseInt(last)) + "}");
  }

  private static String numbers(String text) {
    return text.replaceAll("[^0-9]", "");
  }

  /** The two lists with a 1, in the order of their DocIDs. */
  private String ones() throws Exception {
    String both = data("{L(filter:{n:{_in:[1,5]}}){n}}");
    return both.substring("{'L':[".length(), both.length() - "]}".length());
  }

  @Test
  void givenAnOrderThatNamesNothing_whenExplained_thenItIsAStepOfItsOwn() throws Exception {
    for (String order : List.of("{}", "[]", "[{}]", "{n:null}")) {
      assertThat(data("query @explain{A(order:" + order + "){n}}"))
          .contains("{'orderNode':{'orderings':[],'selectNode':");
      assertThat(data("query @explain(type:execute){A(order:" + order + "){n}}"))
          .contains("{'orderNode':{'iterations':5,");
    }
    assertThat(data("query @explain{A(order:null){n}}")).doesNotContain("orderNode");
    assertThat(data("query @explain{A(groupBy:[n]){_group(order:{}){k}}}"))
        .contains("'orderBy':[]}");
  }

  @Test
  void givenNullInsteadOfOperators_whenExplained_thenItStandsAsItWasWritten() throws Exception {
    assertThat(data("query @explain{A(filter:{n:null}){n}}")).contains("'filter':{'n':null}");
    assertThat(data("query @explain{A(filter:{n:{_eq:null}}){n}}"))
        .contains("'filter':{'n':{'_eq':null}}");
    assertThat(data("query @explain{A(filter:{_not:{l:{_any:null}}}){n}}"))
        .contains("'filter':{'_not':{'l':{'_any':null}}}");
    assertThat(data("query @explain{A(filter:{_not:null,n:{_gt:1}}){n}}"))
        .contains("'filter':{'n':{'_gt':1}}");
    assertThat(data("{A(filter:{d:null}){n}}")).isEqualTo("{'A':[]}");
  }

  @Test
  void givenAnUnknownTypeInsideAnother_whenAVariableHasIt_thenThreeTextsSaySo() throws Exception {
    assertThat(refusal("query($i:[Nope!]!){A(docID:$i){n}}"))
        .contains("Variable \\\"$i\\\" cannot be non-input type \\\"[Nope!]!\\\".")
        .contains("Unknown type \\\"Nope\\\".")
        .contains("of type \\\"[]!\\\" used in position expecting type \\\"[String!]\\\".");
    assertThat(refusal("query($i:Nope){A(docID:$i){n}}")).doesNotContain("non-input", "position");
    assertThat(refusal("{A{n}}{B{m}}")).contains("There can only be one operation named \\\"\\\".");
  }

  @Test
  void givenAListAsVariable_whenAnElementDoesNotFit_thenItsPlaceIsNamed() throws Exception {
    String body =
        "{\"query\":\"mutation($l:[Int]){create_A(input:{l:$l}){n}}\","
            + "\"variables\":{\"l\":[1,2,\"x\"]}}";
    assertThat(ask(node, "POST", "/api/v0/graphql", body).body()).contains("In element #3: ");
    assertThat(refusal("mutation{create_A(input:{l:[1,2,'x']}){n}}")).contains("In element #1: ");
  }

  @Test
  void givenSeveralSelectionsOfAGroup_whenExplained_thenEachButTheFirstReadsAgain()
      throws Exception {
    assertThat(data("query @explain{commits(groupBy:[height]){_group{cid} _count(field:links)}}"))
        .contains("'countNode':{'groupNode':{'childSelects':[{'collectionName':'',")
        .contains("'groupByFields':['height'],'selectNode':{'dagScanNode':{'cid':null,")
        .endsWith("'sources':[{'fieldName':'links','filter':null}]}}}]}}");
    assertThat(data("query @explain(type:debug){commits(groupBy:[height]){height}}"))
        .contains("{'groupNode':{'selectNode':{'pipeNode':{'dagScanNode':{}}}}}");
    assertThat(
            data(
                "query @explain(type:execute)"
                    + "{commits(groupBy:[height]){_group{cid} more:_group{cid}}}"))
        .contains("'childSelections':2,'groups':1,")
        .contains("{'dagScanNode':{'iterations':34},'filterMatches':60,'iterations':62}");
    assertThat(
            data(
                "query @explain(type:execute){A(groupBy:[s],filter:{b:{m:{_gt:1}}})"
                    + "{s _group{n} more:_group{k}}}"))
        .contains("'filterMatches':4,'iterations':6,'typeIndexJoin':{'iterations':8,")
        .contains("'fieldFetches':20,'indexFetches':0,'iterations':8}");
  }

  @Test
  void givenAnIndexedFieldInsideConditions_whenAllMustHold_thenItsIndexGivesTheOrder()
      throws Exception {
    assertThat(ask(node, "POST", "/api/v0/schema", "type X {n: Int @index k: Int}").statusCode())
        .isEqualTo(200);
    data("mutation{create_X(input:[{n:3,k:1},{n:1,k:2},{n:4,k:3},{n:2,k:4},{n:5,k:5}]){n}}");
    String inOrder = "{'X':[{'n':1},{'n':2},{'n':3},{'n':4},{'n':5}]}";
    for (String filter :
        List.of(
            "{_and:[{k:{_ge:1}},{n:{_ge:0}}]}",
            "{k:{_ge:1},_and:[{n:{_ge:0}}]}",
            "{_and:[{_and:[{n:{_ge:0}}]},{k:{_ge:1}}]}")) {
      assertThat(data("{X(filter:" + filter + "){n}}")).as(filter).isEqualTo(inOrder);
    }
  }
}
