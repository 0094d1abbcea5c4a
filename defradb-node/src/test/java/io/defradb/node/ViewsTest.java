package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views through the doors that users have (query language specification, 1.5). */
class ViewsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path root;
  private DefraNode node;

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.onDisk(root));
    String sdl =
        "type Author {name: String books: [Book]}"
            + " type Book {title: String pages: Int scores: [Float64!] author: Author}";
    assertThat(ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    String ann = author("Ann");
    book(ann, "A1", "9007199254740993");
    book(ann, "A2", "20");
    book(author("Bob"), "B1", "30");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String author(String name) throws Exception {
    String answer = data("mutation{create_Author(input:{name:'" + name + "'}){_docID}}");
    return answer.substring(answer.indexOf("bae-"), answer.indexOf("bae-") + 40);
  }

  private void book(String author, String title, String pages) throws Exception {
    String input = "title:'" + title + "', pages:" + pages + ", scores:[1.5, 2], author:'" + author;
    data("mutation{create_Book(input:{" + input + "'}){title}}");
  }

  /** The data of a request that must succeed; quotes are written as {@code '}. */
  private String data(String request) throws Exception {
    String answer = graphql(node, request.replace("'", "\\\""));
    assertThat(answer).startsWith("{\"data\":{").endsWith("}}").doesNotContain("\"errors\"");
    return answer.substring(8, answer.length() - 1).replace("\"", "'");
  }

  private HttpResponse<String> tryAdd(String query, String sdl) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("Query", query.replace('\'', '"'));
    body.put("SDL", sdl).putNull("Transform");
    return ask(node, "POST", "/api/v0/view", body.toString());
  }

  private void add(String query, String sdl) throws Exception {
    assertThat(tryAdd(query, sdl).statusCode()).isEqualTo(200);
  }

  private void refresh(String name) throws Exception {
    assertThat(ask(node, "POST", "/api/v0/view/refresh?name=" + name, "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void givenAView_whenAskedLikeACollection_thenFiltersOrdersGroupsAndAggregatesHold()
      throws Exception {
    add(
        "Book(order: {title: DESC}) {label: title pages scores}",
        "type Page @materialized(if: false) {label: String pages: Int scores: [Float64!]}");
    assertThat(data("{Page{label}}"))
        .isEqualTo("{'Page':[{'label':'B1'},{'label':'A2'},{'label':'A1'}]}");
    assertThat(data("{Page(filter:{pages:{_gt:25}}, order:{label: ASC}, limit: 1){label pages}}"))
        .isEqualTo("{'Page':[{'label':'A1','pages':9007199254740993}]}");
    assertThat(data("{Page(groupBy:[scores]){scores _count(_group:{}) _sum(scores:{})}}"))
        .isEqualTo("{'Page':[{'_count':3,'_sum':3.5,'scores':[1.5,2]}]}");
    assertThat(data("{_count(Page:{}) _max(Page:{field: pages, filter:{label:{_eq:'B1'}}})}"))
        .isEqualTo("{'_count':3,'_max':30}");
  }

  @Test
  void givenRows_whenAskedOrChangedByDocId_thenThereAreNone() throws Exception {
    add("Book {title}", "type Live @materialized(if: false) {title: String}");
    add("Book {title}", "type Kept {title: String}");
    refresh("Kept");
    for (String view : List.of("Live", "Kept")) {
      assertThat(data("{" + view + "(docID:'bae-x'){title}}")).isEqualTo("{'" + view + "':[]}");
      String path = "/api/v0/collections/" + view;
      assertThat(ask(node, "PATCH", path, "{\"filter\":{},\"updater\":\"{}\"}").body().strip())
          .isEqualTo(
              "{\"error\":\"unexpected type. Property: data[_docID], Expected: string,"
                  + " Actual: \\u003cnil\\u003e\"}");
      assertThat(ask(node, "DELETE", path, "{\"filter\":{}}").body().strip())
          .isEqualTo("{\"error\":\"document not found or not authorized to access\"}");
    }
  }

  @Test
  void givenFewerFieldsThanItsSource_whenAsked_thenEachKeepsItsOwnValue() throws Exception {
    add("Book {pages title}", "type Title @materialized(if: false) {title: String}");
    assertThat(data("{Title(order:{title: ASC}, limit: 1){title}}"))
        .isEqualTo("{'Title':[{'title':'A1'}]}");
  }

  @Test
  void givenRowsInsideRows_whenAsked_thenTheyAreSelectedFilteredAndCounted() throws Exception {
    add(
        "Author(order: {name: ASC}) {name books(order: {title: ASC}) {title pages}}",
        "type Shelf @materialized(if: false) {name: String books: [Spine]}"
            + " interface Spine {title: String pages: Int}");
    assertThat(data("{Shelf{name books(filter:{pages:{_gt:20}}){title}}}"))
        .isEqualTo(
            "{'Shelf':[{'books':[{'title':'A1'}],'name':'Ann'},"
                + "{'books':[{'title':'B1'}],'name':'Bob'}]}");
    assertThat(data("{Shelf(filter:{books:{title:{_eq:'A2'}}}){name _count(books:{})}}"))
        .isEqualTo("{'Shelf':[{'_count':2,'name':'Ann'}]}");
  }

  @Test
  void givenASingleRelation_whenOrderedThroughIt_thenTheRowsInsideDecide() throws Exception {
    add(
        "Book {title author {name}}",
        "type Work @materialized(if: false) {title: String author: Writer}"
            + " interface Writer {name: String}");
    assertThat(data("{Work(order:[{author:{name: DESC}}, {title: DESC}]){title author{name}}}"))
        .isEqualTo(
            "{'Work':[{'author':{'name':'Bob'},'title':'B1'},"
                + "{'author':{'name':'Ann'},'title':'A2'},"
                + "{'author':{'name':'Ann'},'title':'A1'}]}");
  }

  @Test
  void givenAMaterializedView_whenSourcesChange_thenOnlyARefreshShowsItAlsoAfterARestart()
      throws Exception {
    add("Book(order: {title: ASC}) {title pages}", "type Kept {title: String pages: Int}");
    assertThat(data("{Kept{title}}")).isEqualTo("{'Kept':[]}");
    refresh("Kept");
    data("mutation{delete_Book(filter:{title:{_eq:'A1'}}){title}}");
    assertThat(data("{Kept{title}}"))
        .isEqualTo("{'Kept':[{'title':'A1'},{'title':'A2'},{'title':'B1'}]}");
    node.close();
    node = DefraNode.start(TestNodes.onDisk(root));
    assertThat(data("{Kept(filter:{pages:{_gt:30}}){pages}}"))
        .isEqualTo("{'Kept':[{'pages':9007199254740993}]}");
    refresh("Kept");
    assertThat(data("{Kept{title}}")).isEqualTo("{'Kept':[{'title':'A2'},{'title':'B1'}]}");
  }

  @Test
  void givenMoreRowsThanAPage_whenRefreshed_thenAllOfThemAreKeptInOrder() throws Exception {
    var inputs = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      inputs.append("{title:'T', pages:").append(1000 + i).append("},");
    }
    data("mutation{create_Book(input:[" + inputs + "]){pages}}");
    add(
        "Book(filter: {title: {_eq: 'T'}}, order: {pages: DESC}) {pages}",
        "type Many {pages: Int}");
    refresh("Many");
    assertThat(data("{_count(Many:{}) _sum(Many:{field: pages})}"))
        .isEqualTo("{'_count':600,'_sum':779700}");
    assertThat(data("{Many(offset: 598){pages}}"))
        .isEqualTo("{'Many':[{'pages':1001},{'pages':1000}]}");
  }

  @Test
  void givenAViewOfAView_whenTheArgumentsOfBothAreStored_thenBothHold() throws Exception {
    add(
        "Book(filter: {_or: [{title: {_ilike: 'a%'}}, {pages: {_in: [30]}}]}, limit: 3)"
            + " {title pages large: _count(scores: {filter: {_gt: 1.6}})"
            + " top: _max(scores: {order: DESC, limit: 1})}",
        "type First @materialized(if: false) {title: String pages: Int large: Int top: Float}");
    add(
        "First(filter: {title: {_ne: 'A1'}}, order: [{title: DESC}])" + " {title large top}",
        "type Second @materialized(if: false) {title: String large: Int top: Float}");
    assertThat(data("{Second{title large top}}"))
        .isEqualTo(
            "{'Second':[{'large':1,'title':'B1','top':2},{'large':1,'title':'A2','top':2}]}");
    assertThat(data("query @explain(type: execute) {Second{title}}"))
        .contains("'filterMatches':2,'iterations':3,'selectTopNode':{'selectNode':")
        .doesNotContain("viewNode")
        .contains("'scanNode'");
    assertThat(data("query @explain {Second(filter: {large: {_gt: 1}}){title}}"))
        .contains("'selectNode':{'docID':null,'filter':{'large':{'_gt':1}},'selectTopNode':{");
    assertThat(data("query @explain(type: debug) {Second{title}}")).contains("'viewNode':{");
  }

  @Test
  void givenAViewPatchedToGoThroughItself_whenAsked_thenItIsRefused() throws Exception {
    HttpResponse<String> added =
        tryAdd("Book {title}", "type Loop @materialized(if: false) {title: String}");
    String id = JSON.readTree(added.body()).findValue("VersionID").asText();
    String patch =
        "[{\"op\":\"replace\",\"path\":\"/" + id + "/Sources/0/Query/Name\",\"value\":\"Loop\"}]";
    String body = JSON.writeValueAsString(patch);
    assertThat(ask(node, "PATCH", "/api/v0/collections", body).statusCode()).isEqualTo(200);
    assertThat(graphql(node, "{Loop{title}}")).contains("views are nested too deeply. Name: Loop");
  }

  @Test
  void givenNoSelectionOfACollection_whenAddedAsAView_thenItIsRefused() throws Exception {
    assertThat(tryAdd("Zed {title}", "type V {title: String}").body())
        .startsWith("{\"error\":\"Cannot query field \\\"Zed\\\" on type \\\"Query\\\".\"}");
    assertThat(tryAdd("commits {cid}", "type V {cid: String}").body())
        .contains("the query provided is not valid as a View");
    assertThat(tryAdd("Zed {title}", "type V {").body()).contains("Syntax Error GraphQL");
  }
}
