package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers of the reference node that random comparison with it found to differ here once. Every
 * expected text was answered by the reference (v0.19.0).
 */
class SameAnswersTest {
  private static final Pattern CID = Pattern.compile("bafy[a-z2-7]+");
  private static final Pattern DOC_ID = Pattern.compile("bae-[0-9a-f-]+");

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

  /** Quotes are written as {@code '}. */
  private String answer(String request) throws Exception {
    return graphql(node, request.replace("'", "\\\"")).replace("\"", "'");
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /** The descriptions' members of another kind, as patches can make them. */
  @Test
  void givenAPatchOfAnotherKind_whenApplied_thenTheFaultNamesItsPlace() throws Exception {
    schema("type T {i: Int}");
    String view = "{\"Query\":\"T {i}\",\"SDL\":\"type V @materialized(if: false) {i: Int}\"}";
    assertThat(ask(node, "POST", "/api/v0/view", view).statusCode()).isEqualTo(200);
    Matcher id = Pattern.compile("VersionID\":\"(\\w+)").matcher(collection("V"));
    assertThat(id.find()).isTrue();
    String wrong = "json: cannot unmarshal ";
    String path = " into Go struct field collectionVersion.";
    assertThat(patched(id.group(1), "Fields", "{}"))
        .isEqualTo(wrong + "object" + path + "Fields of type []client.CollectionFieldDescription");
    assertThat(patched(id.group(1), "Sources", "5"))
        .isEqualTo(wrong + "number" + path + "Sources of type []map[string]json.RawMessage");
    assertThat(patched(id.group(1), "Sources/0", "true"))
        .isEqualTo(wrong + "bool" + path + "Sources of type map[string]json.RawMessage");
    assertThat(patched(id.group(1), "Sources/0", "{}"))
        .isEqualTo("failed to unmarshal collection json");
    assertThat(patched(id.group(1), "Sources/0/Query", "false"))
        .isEqualTo(
            wrong + "bool into Go struct field QuerySource.Query of type request.selectJson");
    assertThat(patched(id.group(1), "Sources/0/Transform", "false"))
        .isEqualTo(wrong + "bool into Go struct field QuerySource.Transform of type model.Lens");
    assertThat(patched(id.group(1), "Policy", "\"x\""))
        .isEqualTo(wrong + "string" + path + "Policy of type client.PolicyDescription");
    assertThat(patched(id.group(1), "Indexes/0", "[]")).contains("array" + path + "Indexes");
    assertThat(patched(id.group(1), "Sources/0/Transform", "{}")).isEmpty();
    assertThat(collection("V")).contains("\"Transform\":{\"Lenses\":null}");
  }

  private String collection(String name) throws Exception {
    return ask(node, "GET", "/api/v0/collections?name=" + name, "").body();
  }

  /** The fault of one {@code add}; empty: none. */
  private String patched(String versionId, String path, String value) throws Exception {
    String patch =
        "[{'op':'add','path':'/" + versionId + "/" + path + "','value':" + value.replace('"', '^');
    String body = "\"" + (patch + "}]").replace("'", "\\\"").replace("^", "\\\"") + "\"";
    String answer = ask(node, "PATCH", "/api/v0/collections", body).body().strip();
    return answer.isEmpty() ? "" : answer.replaceAll("^\\{\"error\":\"|\"}$", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | EOF",
        "x | invalid character 'x' looking for beginning of value",
        "[] | expected JSON object",
        "{'T':{}} | expected JSON array",
        "{'T':[5]} | failed to decode JSON: json: cannot unmarshal number into Go value of type map[string]interface {}",
        "{'T':[{'i':1} | EOF",
        "{'T':[{'i' | failed to decode JSON: unexpected EOF",
        "{'T':[{'i' 1}]} | failed to decode JSON: invalid character '1' after object key",
        "{'T':[{'u':{}}]} | failed to create a new doc from map: cannot set relation from secondary side. Name: u",
        "{'T':[null]} | ~~",
      })
  void givenABackup_whenItCannotBeRead_thenTheReasonIsTheReferences(String file, String reason)
      throws Exception {
    schema("type T {i: Int u: U} type U {t: T @primary}");
    Path backup = Files.writeString(root.resolve("backup.json"), file.replace('\'', '"'));
    String answer =
        ask(node, "POST", "/api/v0/backup/import", "{\"filepath\":\"" + backup + "\"}").body();
    assertThat(answer.strip()).isEqualTo(reason.isEmpty() ? "" : "{\"error\":\"" + reason + "\"}");
  }

  @Test
  void givenAFieldOfKindId_whenWritten_thenItMustBeADocId() throws Exception {
    schema("type T {i: ID}");
    assertThat(answer("mutation{create_T(input:{i:'x'}){i}}"))
        .contains("malformed document ID, missing either version or cid");
    assertThat(answer("mutation{create_T(input:{i:'bae-1'}){i}}"))
        .contains("uuid: incorrect UUID length 1 in string");
    assertThat(answer("mutation{create_T(input:{i:'bae-{6a4c5bc5b0445a03a8688260af6f2254}'}){i}}"))
        .isEqualTo("{'data':{'create_T':[{'i':'bae-{6a4c5bc5b0445a03a8688260af6f2254}'}]}}");
  }

  @Test
  void givenAnUpsertThatCreates_whenTheDocumentDoesNotMatch_thenItIsNotAnswered() throws Exception {
    schema("type T {n: Int}");
    String request = "mutation{upsert_T(filter:{n:{_eq:-7}}, create:{n:3}, update:{n:4}){n}}";
    assertThat(answer(request)).isEqualTo("{'data':{'upsert_T':[]}}");
    assertThat(answer("{T{n}}")).isEqualTo("{'data':{'T':[{'n':3}]}}");
  }

  @Test
  void givenAnUpdateOfNothing_whenItRuns_thenACommitIsMade() throws Exception {
    schema("type A {key: Int s: String f: Boolean j: JSON}");
    answer("mutation{create_A(input:{key:1, s:'x', f:true}){key}}");
    answer("mutation{update_A(input:{}){key}}");
    answer("mutation{update_A{key}}");
    answer("mutation{upsert_A(filter:{}, create:{key:3}, update:{}){key}}");
    assertThat(answer("{A{_version{height links{name}}}}"))
        .startsWith(
            "{'data':{'A':[{'_version':[{'height':4,'links':[{'name':'_head'}]},"
                + "{'height':3,'links':[{'name':'_head'}]},"
                + "{'height':2,'links':[{'name':'_head'}]},{'height':1");
  }

  @Test
  void givenNoRelatedDocument_whenWhatIsUnsetIsAskedOfIt_thenTheRowMatches() throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    answer("mutation{create_A(input:{n:1}){n}}");
    assertThat(answer("{A(filter:{b:{m:{_eq:null}}}){n}}")).isEqualTo("{'data':{'A':[{'n':1}]}}");
    assertThat(answer("{A(filter:{b:{m:{_ne:5}}}){n}}")).isEqualTo("{'data':{'A':[{'n':1}]}}");
    assertThat(answer("{A(filter:{b:{m:{_eq:5}}}){n}}")).isEqualTo("{'data':{'A':[]}}");
    answer("mutation{create_B(input:{m:1}){m}}");
    assertThat(answer("{B(filter:{as:{n:{_eq:null}}}){m}}")).isEqualTo("{'data':{'B':[]}}");
  }

  @Test
  void givenDeletedDocumentsShown_whenARelationLeadsToOne_thenItIsAnswered() throws Exception {
    schema("type A {n: Int b: B} type B {m: Int as: [A]}");
    String docId = all(DOC_ID, answer("mutation{create_B(input:{m:1}){_docID}}")).get(0);
    answer("mutation{create_A(input:{n:1, b:'" + docId + "'}){n}}");
    answer("mutation{delete_B{m}}");
    assertThat(answer("{A{b{m}}}")).isEqualTo("{'data':{'A':[{'b':null}]}}");
    assertThat(answer("{A(showDeleted:true){b{m}}}")).isEqualTo("{'data':{'A':[{'b':{'m':1}}]}}");
  }

  @Test
  void givenAFieldsCommit_whenReadAsOfIt_thenOnlyThatFieldIsSet() throws Exception {
    schema("type T {n: Int s: String}");
    answer("mutation{create_T(input:{n:1, s:'a'}){n}}");
    answer("mutation{update_T(input:{n:null}){n}}");
    List<String> commits = all(CID, answer("{commits(fieldName:'n'){cid}}"));
    assertThat(answer("{T(cid:'" + commits.get(1) + "'){n s}}"))
        .isEqualTo("{'data':{'T':[{'n':1,'s':null}]}}");
    assertThat(answer("{T(cid:'" + commits.get(0) + "'){n s}}")).isEqualTo("{'data':{'T':[]}}");
  }

  @Test
  void givenGroupsOfCommits_whenAFieldIsNoKey_thenTheLastMembersIsAnswered() throws Exception {
    schema("type T {n: Int}");
    answer("mutation{create_T(input:{n:1}){n}}");
    assertThat(answer("{commits(groupBy:[height]){height fieldName _group{fieldName}}}"))
        .isEqualTo(
            "{'data':{'commits':[{'_group':[{'fieldName':'n'},{'fieldName':'_C'}],"
                + "'fieldName':'_C','height':1}]}}");
    assertThat(answer("{commits(fieldName:'n', depth:0){height}}"))
        .isEqualTo("{'data':{'commits':[{'height':1}]}}");
  }

  @Test
  void givenManyFields_whenCommitsAreAsked_thenTheTenthFieldComesFirst() throws Exception {
    schema("type T {a: Int b: Int c: Int d: Int e: Int f: Int g: Int h: Int i: Int j: Int}");
    answer("mutation{create_T(input:{a:1, b:1, i:1, j:1}){a}}");
    assertThat(answer("{commits{fieldName}}"))
        .isEqualTo(
            "{'data':{'commits':[{'fieldName':'i'},{'fieldName':'j'},{'fieldName':'a'},"
                + "{'fieldName':'b'},{'fieldName':'_C'}]}}");
  }

  @Test
  void givenALimitOfZeroOrAnOffsetAlone_whenArraysAndGroupsAreCounted_thenNothingIsTaken()
      throws Exception {
    schema("type T {n: Int s: String l: [Int]}");
    answer("mutation{create_T(input:[{n:1, s:'x', l:[1,2,3]}, {n:2, s:'x', l:[4]}]){n}}");
    assertThat(answer("{T(filter:{n:{_eq:1}}){_count(l:{limit:0}) _sum(l:{offset:1})}}"))
        .isEqualTo("{'data':{'T':[{'_count':0,'_sum':0}]}}");
    assertThat(answer("{T(groupBy:[s]){_group(offset:1){n}}}"))
        .isEqualTo("{'data':{'T':[{'_group':[]}]}}");
    assertThat(answer("{T(groupBy:[s]){_sum(_group:{field:n, limit:0})}}"))
        .isEqualTo("{'data':{'T':[{'_sum':0}]}}");
    assertThat(answer("{_sum(T:{field:n, limit:0})}")).isEqualTo("{'data':{'_sum':3}}");
  }

  @Test
  void givenAWrongArgument_whenItHoldsText_thenTheTextIsQuoted() throws Exception {
    schema("type T {n: Int}");
    String body = "{\"query\":\"{T(limit:\\\"a\\\\\\\"\\\\u0007\\\"){n}}\"}";
    assertThat(ask(node, "POST", "/api/v0/graphql", body).body())
        .contains("found \\\"a\\\\\\\"\\\\a\\\".");
  }

  @Test
  void givenAnUnknownArgumentOfADirective_whenANearOneIsKnown_thenItIsSuggested() throws Exception {
    assertThat(
            ask(node, "POST", "/api/v0/schema", "type T {f: Boolean @default(boolean: true)}")
                .body())
        .contains(
            "Unknown argument \\\"boolean\\\" on directive \\\"@default\\\". Did you mean \\\"bool\\\"?");
  }

  @Test
  void givenOneCollection_whenExported_thenKeysOfOthersStayAsTheyAre() throws Exception {
    schema("type U {n: Int ps: [P]} type P {t: String a: U}");
    String u = all(DOC_ID, answer("mutation{create_U(input:{n:1}){_docID}}")).get(0);
    String p =
        all(DOC_ID, answer("mutation{create_P(input:{t:'p', a:'" + u + "'}){_docID}}")).get(0);
    answer("mutation{update_U(input:{n:2}){n}}");
    Path file = root.resolve("p.json");
    String body = "{\"filepath\":\"" + file + "\",\"collections\":[\"P\"]}";
    assertThat(ask(node, "POST", "/api/v0/backup/export", body).statusCode()).isEqualTo(200);
    String row = "{'_docID':'%s','_docIDNew':'%s','a_id':'%s','t':'p'}".formatted(p, p, u);
    assertThat(Files.readString(file).replace("\"", "'")).isEqualTo("{'P':[" + row + "]}");
  }
}
