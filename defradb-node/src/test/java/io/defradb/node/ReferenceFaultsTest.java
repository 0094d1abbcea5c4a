package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the reference node does wrong and this one must not: a defined answer instead of an end, a
 * chance or an empty 500. docs/compatibility.md lists them with these tests.
 */
class ReferenceFaultsTest {
  private static final Pattern CID = Pattern.compile("bafy[a-z2-7]+");
  private static final Pattern DOC_ID = Pattern.compile("bae-[0-9a-f-]+");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @TempDir Path root;
  private DefraNode node;

  @BeforeEach
  void start() {
    node = DefraNode.start(TestNodes.inMemory(root));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void schema(String sdl) throws Exception {
    assertThat(ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
  }

  /** The data of a request that must succeed; quotes are written as {@code '}. */
  private String data(String request) throws Exception {
    String answer = graphql(node, request.replace("'", "\\\""));
    assertThat(answer).startsWith("{\"data\":{").endsWith("}}").doesNotContain("\"errors\"");
    return answer.substring(8, answer.length() - 1).replace("\"", "'");
  }

  /** The text of a request that must be refused. */
  private String refusal(String request) throws Exception {
    String answer = graphql(node, request.replace("'", "\\\""));
    assertThat(answer).startsWith("{\"errors\":[{\"message\":\"").endsWith("],\"data\":null}");
    return answer;
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group();
  }

  private HttpResponse<String> rest(String method, String path, String body) throws Exception {
    return ask(node, method, "/api/v0" + path, body);
  }

  @Test
  void givenAFragmentThatSpreadsItself_whenAsked_thenItIsRefused() throws Exception {
    schema("type T {n: String}");
    assertThat(refusal("{T{...F}} fragment F on T {...F}"))
        .contains("Cannot spread fragment \\\"F\\\" within itself.");
    assertThat(refusal("{T{...F}} fragment F on T {...G} fragment G on T {n ...F}"))
        .contains("within itself via G.");
  }

  @Test
  void givenACidAndAnotherField_whenCommitsAreAsked_thenThereAreNone() throws Exception {
    schema("type T {n: String}");
    data("mutation{create_T(input:{n:'a'}){n}}");
    String composite = first(CID, data("{commits(fieldName:'_C'){cid}}"));
    assertThat(data("{commits(cid:'" + composite + "', fieldName:'n'){cid}}"))
        .isEqualTo("{'commits':[]}");
  }

  @Test
  void givenTimeTravel_whenAsked_thenHeadsAndLaterCommitsAreAsIfItWereNot() throws Exception {
    schema("type T {n: String}");
    String docId = first(DOC_ID, data("mutation{create_T(input:{n:'a'}){_docID}}"));
    String composite = first(CID, data("{commits(fieldName:'_C'){cid}}"));
    data("mutation{update_T(input:{n:'b'}){n}}");
    String heads = data("{latestCommits(docID:'" + docId + "'){height cid}}");
    String past = "{T(cid:'" + composite + "'){n _version{height}}}";
    assertThat(data(past)).isEqualTo("{'T':[{'_version':[{'height':1}],'n':'a'}]}");
    Matcher transaction = NUMBER.matcher(rest("POST", "/tx?read_only=true", "").body());
    assertThat(transaction.find()).isTrue();
    assertThat(TestNodes.graphqlIn(node, transaction.group(), past.replace("'", "\\\"")))
        .contains("\"n\":\"a\"");
    assertThat(data("{latestCommits(docID:'" + docId + "'){height cid}}")).isEqualTo(heads);
    data("mutation{update_T(input:{n:'c'}){n}}");
    assertThat(data("{latestCommits(docID:'" + docId + "'){height _count(field:links)}}"))
        .isEqualTo("{'latestCommits':[{'_count':2,'height':3}]}");
  }

  @Test
  void givenTimeTravelOfACollection_whenAsked_thenEveryDocumentIsAsItWas() throws Exception {
    schema("type T @branchable {n: String}");
    data("mutation{create_T(input:{n:'a'}){n}}");
    data("mutation{create_T(input:{n:'b'}){n}}");
    String both = first(CID, data("{commits(fieldName:null){cid}}"));
    data("mutation{update_T(input:{n:'c'}){n}}");
    data("mutation{delete_T{n}}");
    assertThat(data("{T(cid:'" + both + "', order:{n:ASC}){n _version{height}}}"))
        .isEqualTo(
            "{'T':[{'_version':[{'height':1}],'n':'a'},{'_version':[{'height':1}],'n':'b'}]}");
    String deleted = first(CID, data("{commits(fieldName:null){cid}}"));
    assertThat(data("{T(cid:'" + deleted + "'){n}}")).isEqualTo("{'T':[]}");
    assertThat(data("{T(cid:'" + deleted + "', showDeleted:true){_deleted}}"))
        .isEqualTo("{'T':[{'_deleted':true},{'_deleted':true}]}");
  }

  @Test
  void givenADeletedDocument_whenExported_thenTheOthersAre() throws Exception {
    schema("type T {n: String}");
    data("mutation{create_T(input:[{n:'a'},{n:'b'}]){n}}");
    data("mutation{delete_T(filter:{n:{_eq:'a'}}){n}}");
    Path file = root.resolve("export.json");
    assertThat(rest("POST", "/backup/export", "{\"filepath\":\"" + file + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(Files.readString(file)).contains("\"n\":\"b\"").doesNotContain("\"n\":\"a\"");
  }

  @Test
  void givenAnIndexedJsonListWithRepetitions_whenUpdated_thenItStaysFindable() throws Exception {
    schema("type T {n: String j: JSON @index}");
    data("mutation{create_T(input:{n:'a', j:{a:1}}){n}}");
    data("mutation{update_T(input:{j:{b:[1,1]}}){n}}");
    data("mutation{update_T(input:{n:'z'}){n}}");
    String ones = "{T(filter:{j:{b:{_any:{_eq:1}}}}){n}}";
    assertThat(data(ones)).isEqualTo("{'T':[{'n':'z'}]}");
    data("mutation{update_T(input:{j:{b:[2]}}){n}}");
    assertThat(data(ones)).isEqualTo("{'T':[]}");
  }

  @Test
  void givenAnIndexOnJson_whenNothingIsSet_thenDocumentsAreTakenAndFound() throws Exception {
    schema("type T {n: String j: JSON @index} type U {n: String j: JSON}");
    data("mutation{create_T(input:[{n:'x'},{n:'y', j:null}]){n}}");
    assertThat(data("{_count(T:{filter:{j:{_eq:null}}})}")).isEqualTo("{'_count':2}");
    data("mutation{create_U(input:[{n:'x'},{n:'y', j:null}]){n}}");
    assertThat(
            rest("POST", "/collections/U/indexes", "{\"Fields\":[{\"Name\":\"j\"}]}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void givenTheZeroTime_whenStored_thenItIsUnsetAndAFilterByItFindsIt() throws Exception {
    schema("type T {n: String d: DateTime}");
    data(
        "mutation{create_T(input:[{n:'x', d:'0001-01-01T00:00:00Z'},{n:'y', d:'2020-01-01T00:00:00Z'}]){n}}");
    for (String condition :
        new String[] {"_eq:'0001-01-01T00:00:00Z'", "_eq:null", "_in:['0001-01-01T00:00:00Z']"}) {
      assertThat(data("{T(filter:{d:{" + condition + "}}){n d}}"))
          .isEqualTo("{'T':[{'d':null,'n':'x'}]}");
    }
  }

  @Test
  void givenVersionsBesideRelations_whenAsked_thenBothAreAnswered() throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    String b = first(DOC_ID, data("mutation{create_B(input:{m:1}){_docID}}"));
    data("mutation{create_A(input:{n:1, b:'" + b + "'}){n}}");
    String version = "'_version':[{'height':1}]";
    assertThat(data("{A{_version{height} b{m}}}"))
        .isEqualTo("{'A':[{" + version + ",'b':{'m':1}}]}");
    assertThat(data("{B{m as{_version{height}}}}"))
        .isEqualTo("{'B':[{'as':[{" + version + "}],'m':1}]}");
    assertThat(data("{B{_version{height} _count(as:{})}}"))
        .isEqualTo("{'B':[{'_count':1," + version + "}]}");
    assertThat(data("{A(filter:{b:{m:{_eq:1}}}){_version{height}}}"))
        .isEqualTo("{'A':[{" + version + "}]}");
    assertThat(data("{A(order:[]){_version{height}}}")).isEqualTo("{'A':[{" + version + "}]}");
  }

  @Test
  void givenJsonOfManyKinds_whenOrdered_thenKindsStandInOneOrder() throws Exception {
    schema("type T {n: String j: JSON}");
    data(
        "mutation{create_T(input:[{n:'a', j:{a:1}},{n:'b', j:3},{n:'c', j:'x'},{n:'d'},{n:'e', j:[1]},{n:'f', j:true}]){n}}");
    assertThat(data("{T(order:[{j:ASC}]){n}}"))
        .isEqualTo("{'T':[{'n':'d'},{'n':'f'},{'n':'b'},{'n':'c'},{'n':'e'},{'n':'a'}]}");
  }

  @Test
  void givenARelationFilterThatIsNull_whenAsked_thenItMeansNoRelatedDocument() throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    String b = first(DOC_ID, data("mutation{create_B(input:{m:1}){_docID}}"));
    data("mutation{create_A(input:[{n:1, b:'" + b + "'},{n:2}]){n}}");
    assertThat(data("{A(filter:{b:null}){n}}")).isEqualTo("{'A':[{'n':2}]}");
    assertThat(data("{B(filter:{as:null}){m}}")).isEqualTo("{'B':[]}");
  }

  @Test
  void givenASimilarityWithoutArguments_whenAsked_thenItIsRefused() throws Exception {
    schema("type T {n: String v: [Float!]}");
    data("mutation{create_T(input:{n:'a', v:[1, 2]}){n}}");
    assertThat(refusal("{T{_similarity}}"))
        .contains("aggregate must be provided with a property to aggregate");
  }

  @Test
  void givenAnIndex_whenAnUnknownOrDeletedDocumentIsDeleted_then400SaysSo() throws Exception {
    schema("type T {n: String @index}");
    String docId = first(DOC_ID, data("mutation{create_T(input:{n:'a'}){_docID}}"));
    assertThat(rest("DELETE", "/collections/T/" + docId, "").statusCode()).isEqualTo(200);
    HttpResponse<String> again = rest("DELETE", "/collections/T/" + docId, "");
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body())
        .contains("a document with the given ID has been deleted. DocID: " + docId);
    String unknown = "/collections/T/bae-69525584-202e-501d-bb97-36cfaea8603b";
    HttpResponse<String> answer = rest("DELETE", unknown, "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("document not found or not authorized to access");
  }

  @Test
  void givenSdlThatCannotBe_whenAdded_then400SaysWhy() throws Exception {
    assertThat(rest("POST", "/schema", "type T {x: [[Int]!]}").body())
        .contains("no type found for given name. Field: x, Kind: [[Int]!]");
    assertThat(
            rest("POST", "/schema", "type T @policy(id: \"x\", resource: \"y\") {n: Int}").body())
        .contains("can not specify policy on collection, without acp");
  }

  @Test
  void givenATransactionFromBeforeAFieldWasAdded_whenItIsSelectedThere_thenItIsRefused()
      throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    data("mutation{create_B(input:{m:1}){m}}");
    Matcher id = NUMBER.matcher(rest("POST", "/tx", "").body());
    assertThat(id.find()).isTrue();
    String patch =
        "[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/A/Fields/-\\\",\\\"value\\\":{\\\"Name\\\":\\\"e\\\",\\\"Kind\\\":\\\"String\\\"}}]";
    assertThat(
            rest("PATCH", "/schema", "{\"Patch\":\"" + patch + "\",\"SetAsDefaultVersion\":true}")
                .statusCode())
        .isEqualTo(200);
    assertThat(TestNodes.graphqlIn(node, id.group(), "{B{m as{n e}}}"))
        .contains("Cannot query field \\\"e\\\" on type \\\"A\\\".");
    assertThat(data("{B{m as{n e}}}")).isEqualTo("{'B':[{'as':[],'m':1}]}");
  }

  @Test
  void givenAnObjectAsDefaultOfJson_whenWrittenAndRead_thenItIsThere() throws Exception {
    schema("type T {n: String j: JSON @default(json: {a: 1})}");
    String row = "[{'j':{'a':1},'n':'a'}]";
    assertThat(data("mutation{create_T(input:{n:'a'}){n j}}"))
        .isEqualTo("{'create_T':" + row + "}");
    assertThat(data("{T{n j}}")).isEqualTo("{'T':" + row + "}");
    assertThat(data("mutation{update_T(input:{n:'b'}){j}}"))
        .isEqualTo("{'update_T':[{'j':{'a':1}}]}");
    assertThat(data("mutation{upsert_T(filter:{n:{_eq:'b'}}, create:{n:'c'}, update:{n:'b'}){j}}"))
        .isEqualTo("{'upsert_T':[{'j':{'a':1}}]}");
  }

  @Test
  void givenAggregatesOverRelationsInsideGroups_whenAsked_thenTheyAreAnswered() throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    String b = first(DOC_ID, data("mutation{create_B(input:{m:1}){_docID}}"));
    data("mutation{create_A(input:[{n:1, b:'" + b + "'},{n:2, b:'" + b + "'}]){n}}");
    assertThat(data("{B(groupBy:[m]){m _group{_count(as:{}) _sum(as:{field:n})}}}"))
        .isEqualTo("{'B':[{'_group':[{'_count':2,'_sum':3}],'m':1}]}");
  }

  @Test
  void givenConditionsSideBySideOnMixedJson_whenAskedOften_thenTheAnswerIsAlwaysTheSame()
      throws Exception {
    schema("type T {n: String j: JSON}");
    data("mutation{create_T(input:[{n:'a', j:{a:1}},{n:'b', j:3},{n:'c', j:'x'}]){n}}");
    for (int i = 0; i < 40; i++) {
      assertThat(data("{T(filter: {j: {a: {_eq: 1}}, n: {_eq: 'a'}}){n}}"))
          .isEqualTo("{'T':[{'n':'a'}]}");
      assertThat(refusal("{T(filter: {j: {_gt: false}}){n}}"))
          .contains("unexpected type. Property: condition, Actual: bool");
    }
  }

  @Test
  void givenSeveralMutations_whenSent_thenTheyRunAsWritten() throws Exception {
    schema("type T @branchable {n: String age: Int}");
    for (int i = 0; i < 20; i++) {
      assertThat(
              data(
                  "mutation {m1: create_T(input: {n: 'p"
                      + i
                      + "'}){n} m0: update_T(filter: {n: {_eq: 'p"
                      + i
                      + "'}}, input: {age: 9}){age}}"))
          .isEqualTo("{'m0':[{'age':9}],'m1':[{'n':'p" + i + "'}]}");
    }
  }

  @Test
  void givenSeveralFaults_whenAskedOften_thenTheyComeInTheOrderWritten() throws Exception {
    schema("type T {n: String nm: String no: String}");
    String first = refusal("{a: T{zz} b: T(filter:{yy:{_eq:1}, xx:2}){nn} c: nope{x}}");
    assertThat(first).containsSubsequence("zz", "yy", "xx", "nn", "nope");
    for (int i = 0; i < 20; i++) {
      assertThat(refusal("{a: T{zz} b: T(filter:{yy:{_eq:1}, xx:2}){nn} c: nope{x}}"))
          .isEqualTo(first);
    }
  }

  @Test
  void givenGroupsByJsonOrRelation_whenAskedOften_thenTheyComeInOrderOfFirstAppearance()
      throws Exception {
    schema("type A {n: Int j: JSON b: B} type B {m: Int as: [A]}");
    String b = first(DOC_ID, data("mutation{create_B(input:{m:1}){_docID}}"));
    data(
        "mutation{create_A(input:[{n:1, j:{a:1}, b:'" + b + "'},{n:2, j:[1]},{n:3, j:{a:1}}]){n}}");
    String byJson = data("{A(groupBy:[j]){j _group{n}}}");
    String byRelation = data("{A(groupBy:[b]){b{m} _group{n}}}");
    for (int i = 0; i < 20; i++) {
      assertThat(data("{A(groupBy:[j]){j _group{n}}}")).isEqualTo(byJson);
      assertThat(data("{A(groupBy:[b]){b{m} _group{n}}}")).isEqualTo(byRelation);
    }
  }

  @Test
  void givenAnIndexOnJson_whenFilteredByNotEqual_thenTheAnswerIsThatWithout() throws Exception {
    schema("type T {n: String j: JSON}");
    data("mutation{create_T(input:[{n:'a', j:{a:1}},{n:'b', j:[2]},{n:'c', j:2},{n:'d'}]){n}}");
    String without = data("{T(filter: {j: {_ne: 2}}, order: {n: ASC}){n}}");
    assertThat(without).isEqualTo("{'T':[{'n':'a'},{'n':'b'},{'n':'d'}]}");
    rest("POST", "/collections/T/indexes", "{\"Fields\":[{\"Name\":\"j\"}]}");
    assertThat(data("{T(filter: {j: {_ne: 2}}, order: {n: ASC}){n}}")).isEqualTo(without);
  }

  @Test
  void givenAUniqueIndexOnJson_whenAListRepeatsALeaf_thenItIsRefusedAndAScalarIsNoElement()
      throws Exception {
    schema("type T {n: String j: JSON @index(unique: true)}");
    data("mutation{create_T(input:{n:'a', j:{l:[3, 4]}}){n}}");
    data("mutation{create_T(input:{n:'b', j:{l:3}}){n}}");
    assertThat(refusal("mutation{create_T(input:{n:'c', j:{l:[4]}}){n}}"))
        .contains("violates unique index. DocID: bae-", ", j: map[l:[4]]");
    assertThat(refusal("mutation{create_T(input:{n:'d', j:{l:[5, 5]}}){n}}"))
        .contains(", j: map[l:[5 5]]");
  }

  @Test
  void givenAUniqueIndexOnTimes_whenViolated_thenTheTimeIsShownWithItsZone() throws Exception {
    schema("type T {n: String d: DateTime @index(unique: true)}");
    data("mutation{create_T(input:{n:'a', d:'2000-07-23T03:00:00.5Z'}){n}}");
    assertThat(refusal("mutation{create_T(input:{n:'b', d:'2000-07-23T03:00:00.5Z'}){n}}"))
        .contains(", d: 2000-07-23 03:00:00.5 +0000 UTC");
  }

  @Test
  void givenIntegersOfSixtyFourBits_whenWrittenAnyWay_thenTheyAreKeptAndFound() throws Exception {
    schema("type T {n: String i: Int}");
    String number = "9007199254740993";
    data("mutation{create_T(input:{n:'literal', i:" + number + "}){i}}");
    rest(
        "POST",
        "/graphql",
        "{\"query\":\"mutation($i:Int){create_T(input:{n:\\\"variable\\\", i:$i}){i}}\",\"variables\":{\"i\":"
            + number
            + "}}");
    rest("POST", "/collections/T", "{\"n\":\"rest\",\"i\":" + number + "}");
    assertThat(data("{T(filter:{i:{_eq:" + number + "}}, order:{n:ASC}){i n}}"))
        .isEqualTo(
            "{'T':[{'i':9007199254740993,'n':'literal'},{'i':9007199254740993,'n':'rest'},{'i':9007199254740993,'n':'variable'}]}");
    assertThat(refusal("mutation{create_T(input:{i:9223372036854775808}){i}}"))
        .contains("Expected type \\\"Int\\\", found 9223372036854775808.");
  }

  @Test
  void givenADeletedDocument_whenDocIdsAreListed_thenItIsNotAmongThem() throws Exception {
    schema("type T {n: String}");
    String deleted = first(DOC_ID, data("mutation{create_T(input:{n:'a'}){_docID}}"));
    String kept = first(DOC_ID, data("mutation{create_T(input:{n:'b'}){_docID}}"));
    data("mutation{delete_T(docID:'" + deleted + "'){n}}");
    assertThat(rest("GET", "/collections/T", "").body()).contains(kept).doesNotContain(deleted);
    assertThat(rest("GET", "/collections/T/" + deleted, "").statusCode()).isEqualTo(400);
  }

  @Test
  void givenDocIdsInsideAConjunctionOnARelation_whenFiltered_thenTheyAreUnderstood()
      throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    String b = first(DOC_ID, data("mutation{create_B(input:{m:1}){_docID}}"));
    data("mutation{create_A(input:{n:1, b:'" + b + "'}){n}}");
    for (int i = 0; i < 20; i++) {
      assertThat(data("{A(filter:{b:{_and:[{_docID:{_eq:'" + b + "'}},{m:{_eq:1}}]}}){n}}"))
          .isEqualTo("{'A':[{'n':1}]}");
    }
  }

  @Test
  void givenTwoSelectionsOfOneNameAtTheRoot_whenAsked_thenTheyAreMerged() throws Exception {
    schema("type T {n: Int k: Int}");
    data("mutation{create_T(input:{n:1,k:2}){n}}");
    assertThat(data("{T{n}T{k}}")).isEqualTo("{'T':[{'k':2,'n':1}]}");
  }

  @Test
  void givenAPatchedCollection_whenItsFirstVersionIsActivated_thenOnlyThatIsActive()
      throws Exception {
    schema("type T {n: Int}");
    String active = "/collections?name=T";
    Pattern versionId = Pattern.compile("bafkrei[a-z2-7]+");
    String first = first(versionId, rest("GET", active, "").body());
    String patch =
        "{'Patch':'[{^op^:^add^,^path^:^/T/Fields/-^,^value^:{^Name^:^k^,^Kind^:^Int^}}]',"
            + "'SetAsDefaultVersion':true}";
    assertThat(rest("PATCH", "/schema", patch.replace("'", "\"").replace("^", "\\\"")).statusCode())
        .isEqualTo(200);
    assertThat(rest("GET", active, "").body()).doesNotContain("\"VersionID\":\"" + first + "\"");
    assertThat(rest("POST", "/schema/default", first).statusCode()).isEqualTo(200);
    assertThat(rest("GET", active, "").body())
        .contains("\"VersionID\":\"" + first + "\"")
        .containsOnlyOnce("\"version\":")
        .doesNotContain("\"k\"");
  }

  @Test
  void givenAnIndexedInteger_whenFilteredInTheBodyOfAChange_thenItIsFound() throws Exception {
    schema("type T {n: Int k: Int @index}");
    data("mutation{create_T(input:[{n:1,k:1},{n:2,k:2}]){n}}");
    String updated = "{\"filter\":{\"k\":{\"_eq\":1}},\"updater\":\"{\\\"n\\\":5}\"}";
    assertThat(rest("PATCH", "/collections/T", updated).body()).contains("\"Count\":1");
    assertThat(rest("DELETE", "/collections/T", "{\"filter\":{\"k\":{\"_eq\":2}}}").body())
        .contains("\"Count\":1");
    assertThat(data("{T{n k}}")).isEqualTo("{'T':[{'k':1,'n':5}]}");
  }

  @Test
  void givenARelationWithAnEmptyName_whenOnlyOneSideHasIt_thenItIsRefused() throws Exception {
    assertThat(
            rest("POST", "/schema", "type T {s: [S] @relation(name: \"\")} type S {t: T}").body())
        .contains("relation missing field. Object: S, RelationName: ");
  }

  @Test
  void givenTheSideWithoutTheKey_whenFilteredByNoKey_thenThoseWithoutARelatedOneMatch()
      throws Exception {
    schema("type P {n: Int q: Q @primary} type Q {m: Int p: P}");
    String q = first(DOC_ID, data("mutation{create_Q(input:{m:1}){_docID}}"));
    data("mutation{create_Q(input:[{m:2},{m:3}]){m}}");
    data("mutation{create_P(input:{n:1, q:'" + q + "'}){n}}");
    assertThat(data("{Q(filter:{p_id:{_eq:null}},order:{m:ASC}){m}}"))
        .isEqualTo("{'Q':[{'m':2},{'m':3}]}");
    assertThat(data("{Q(filter:{p_id:{_ne:null}}){m}}")).isEqualTo("{'Q':[{'m':1}]}");
    assertThat(data("{Q(filter:{p:null},order:{m:ASC}){m}}")).isEqualTo("{'Q':[{'m':2},{'m':3}]}");
  }
}
