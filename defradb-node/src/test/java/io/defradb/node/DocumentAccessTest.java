package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.crypto.KeyType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protected documents through every door of a node. */
class DocumentAccessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      """
      name: books
      resources:
        book:
          permissions:
            read:
              expr: owner + reader
            update:
              expr: owner
            delete:
              expr: owner
          relations:
            owner:
              types:
                - actor
            reader:
              types:
                - actor
      """;

  @TempDir Path root;
  private final Person ann = Person.make(KeyType.SECP256K1);
  private final Person bob = Person.make(KeyType.ED25519);
  private DefraNode node;
  private String docId;

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(config("local"));
    String answer = ann.ask(node, "POST", "/api/v0/acp/document/policy", POLICY).body();
    String policy = JSON.readTree(answer).get("PolicyID").asText();
    String sdl =
        "type Book @branchable @policy(id: \""
            + policy
            + "\", resource: \"book\")"
            + " {title: String @index pages: Int}";
    assertThat(Person.NOBODY.ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    String created =
        ann.graphql(node, "mutation{create_Book(input:{title:'secret',pages:7}){_docID}}");
    docId = JSON.readTree(created).at("/data/create_Book/0/_docID").asText();
    assertThat(docId).startsWith("bae-");
  }

  private NodeConfig config(String documentType) {
    NodeConfig stored = TestNodes.onDisk(root.resolve("node"));
    return new NodeConfig(
        stored.rootDirectory(),
        stored.api(),
        stored.store(),
        stored.keys(),
        stored.net(),
        new NodeConfig.Acp(false, documentType, null),
        5,
        true,
        null);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String cid() throws Exception {
    String answer = ann.graphql(node, "query{commits(docID:'" + docId + "',fieldName:'_C'){cid}}");
    return JSON.readTree(answer).at("/data/commits/0/cid").asText();
  }

  private void grant(String relation, String actor) throws Exception {
    var answer =
        ann.ask(node, "POST", "/api/v0/acp/document/relationship", wanted(relation, actor));
    assertThat(answer.body().strip()).isEqualTo("{\"ExistedAlready\":false}");
  }

  private String wanted(String relation, String actor) {
    return "{\"CollectionName\":\"Book\",\"DocID\":\""
        + docId
        + "\",\"Relation\":\""
        + relation
        + "\",\"TargetActor\":\""
        + actor
        + "\"}";
  }

  /** Each request shows the document to who may read it, and no trace of it to who may not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Book{_docID title}",
        "Book(docID:'$DOC'){_docID title}",
        "Book(filter:{title:{_eq:'secret'}}){_docID title}",
        "Book(filter:{pages:{_gt:1}},order:{title:ASC}){_docID title}",
        "Book(cid:'$CID'){_docID title}",
        "Book(groupBy:[title]){title}",
        "Book{_version{cid}_docID title}",
        "commits(docID:'$DOC'){cid docID delta}",
        "commits{docID delta cid}",
        "commits(cid:'$CID'){cid docID}",
        "latestCommits(docID:'$DOC'){cid docID}"
      })
  void givenAProtectedDocument_whenQueried_thenOnlyReadersSeeIt(String request) throws Exception {
    String query = "query{" + request.replace("$DOC", docId).replace("$CID", cid()) + "}";
    assertThat(ann.graphql(node, query)).containsAnyOf(docId, "secret");
    for (Person other : List.of(bob, Person.NOBODY)) {
      assertThat(other.graphql(node, query)).doesNotContain(docId, "secret");
    }
    grant("reader", bob.did());
    assertThat(bob.graphql(node, query)).isEqualTo(ann.graphql(node, query));
    assertThat(Person.NOBODY.graphql(node, query)).doesNotContain(docId, "secret");
  }

  @Test
  void givenAProtectedDocument_whenAnotherCreatesTheSame_thenItStaysTheOwners() throws Exception {
    String same = "mutation{create_Book(input:{title:'secret',pages:7}){_docID}}";
    assertThat(bob.graphql(node, same))
        .contains("object already registered", "CreatorID: " + bob.did());
    for (Person other : List.of(ann, Person.NOBODY)) {
      assertThat(other.graphql(node, same))
          .contains("a document with the given ID already exists. DocID: " + docId);
    }
    assertThat(Person.NOBODY.graphql(node, "query{Book{title}}")).doesNotContain("secret");
  }

  @Test
  void givenAHiddenDocumentInAOneToOneRelation_whenAnotherTakesItsPlace_thenItIsRefused()
      throws Exception {
    String added = ann.ask(node, "POST", "/api/v0/acp/document/policy", POLICY).body();
    String sdl =
        "type Reader {name: String card: Card} type Card @policy(id: \""
            + JSON.readTree(added).get("PolicyID").asText()
            + "\", resource: \"book\") {number: Int reader: Reader @primary}";
    assertThat(Person.NOBODY.ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    String made = ann.graphql(node, "mutation{create_Reader(input:{name:'x'}){_docID}}");
    String reader = JSON.readTree(made).at("/data/create_Reader/0/_docID").asText();
    String card = "mutation{create_Card(input:{number:%d,reader:'" + reader + "'}){number}}";
    assertThat(ann.graphql(node, card.formatted(1))).contains("\"number\":1");
    assertThat(bob.graphql(node, card.formatted(2))).contains("already linked");
  }

  @Test
  void givenAHiddenDocument_whenDeletedOnesAreShown_thenTheVisibleOnesAreAnswered()
      throws Exception {
    String open = "mutation{create_Book(input:{title:'open',pages:1}){_docID}}";
    assertThat(Person.NOBODY.graphql(node, open)).contains("bae-");
    assertThat(bob.graphql(node, "query{Book(showDeleted:true){title _deleted}}").strip())
        .isEqualTo("{\"data\":{\"Book\":[{\"_deleted\":false,\"title\":\"open\"}]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_count(Book:{})", "_sum(Book:{field:pages})", "_max(Book:{field:pages})"})
  void givenAProtectedDocument_whenCountedAndSummed_thenItIsNotAmongThem(String request)
      throws Exception {
    String query = "query{" + request + "}";
    assertThat(ann.graphql(node, query)).containsPattern("[17]");
    assertThat(bob.graphql(node, query)).doesNotContainPattern("[17]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v0/collections/Book/$DOC",
        "GET /api/v0/collections/Book",
        "GET /api/v0/changes?kinds=document&since=0&limit=100",
        "GET /api/v0/changes?kinds=access,document&since=0&limit=100",
        "GET /api/v0/changes/snapshot?collections=Book"
      })
  void givenAProtectedDocument_whenReadOverRest_thenOnlyReadersSeeIt(String request)
      throws Exception {
    String[] parts = request.replace("$DOC", docId).split(" ");
    assertThat(ann.ask(node, parts[0], parts[1], "").body()).contains(docId);
    assertThat(bob.ask(node, parts[0], parts[1], "").body()).doesNotContain(docId, "secret");
    grant("reader", "*");
    assertThat(Person.NOBODY.ask(node, parts[0], parts[1], "").body()).contains(docId);
  }

  @Test
  void givenAProtectedDocument_whenExported_thenOnlyReadersHaveIt() throws Exception {
    for (Person person : List.of(ann, bob)) {
      Path file = root.resolve("backup.json");
      String body = "{\"filepath\":\"" + file + "\"}";
      assertThat(person.ask(node, "POST", "/api/v0/backup/export", body).statusCode())
          .isEqualTo(200);
      assertThat(Files.readString(file).contains("secret")).isEqualTo(person.equals(ann));
    }
  }

  @Test
  void givenAReader_whenItChangesOrDeletes_thenItIsRefused() throws Exception {
    String refusal = "document not found or not authorized to access";
    String update = "mutation{update_Book(docID:'" + docId + "',input:{pages:8}){_docID}}";
    String delete = "mutation{delete_Book(docID:'" + docId + "'){_docID}}";
    assertThat(bob.graphql(node, update)).isEqualTo("{\"data\":{\"update_Book\":[]}}");
    grant("reader", bob.did());
    assertThat(bob.graphql(node, update)).contains(refusal);
    assertThat(bob.graphql(node, delete)).contains(refusal);
    String path = "/api/v0/collections/Book/" + docId;
    assertThat(bob.ask(node, "PATCH", path, "{\"pages\":8}").body()).contains(refusal);
    assertThat(bob.ask(node, "DELETE", path, "").body()).contains(refusal);
    assertThat(ann.graphql(node, update)).contains(docId);
  }

  @Test
  void givenAnUndoneCreate_whenMadeAgainByAnother_thenThatOneOwnsIt() throws Exception {
    String create = "create_Book(input:{title:'undone'}){_docID}";
    String failing = "mutation{a:" + create + " b:" + create + "}";
    assertThat(ann.graphql(node, failing)).contains("already exists");
    assertThat(bob.graphql(node, "mutation{" + create + "}")).contains("bae-");
    String query = "query{Book(filter:{title:{_eq:'undone'}}){title}}";
    assertThat(bob.graphql(node, query)).contains("undone");
    assertThat(ann.graphql(node, query)).doesNotContain("undone");
  }

  /** How it is started makes no difference: documents stay protected. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "none"})
  void givenAProtectedDocument_whenTheNodeStartsAgain_thenItStaysProtected(String documentType)
      throws Exception {
    grant("reader", bob.did());
    node.close();
    node = DefraNode.start(config(documentType));
    assertThat(ann.graphql(node, "query{Book{title}}")).contains("secret");
    assertThat(bob.graphql(node, "query{Book{title}}")).contains("secret");
    assertThat(Person.NOBODY.graphql(node, "query{Book{title}}")).doesNotContain("secret");
  }

  @Test
  void givenAGrant_whenTheLogIsRead_thenTheDocumentAppearsAgainWhereItStands() throws Exception {
    String path = "/api/v0/changes?kinds=access&since=0&limit=100";
    assertThat(ann.ask(node, "GET", path, "").body()).doesNotContain(docId);
    grant("reader", bob.did());
    assertThat(bob.ask(node, "GET", path, "").body()).contains(docId, cid());
    ann.ask(node, "DELETE", "/api/v0/acp/document/relationship", wanted("reader", bob.did()));
    assertThat(bob.ask(node, "GET", path, "").body()).doesNotContain(docId);
  }

  @Test
  void givenATokenForAnotherNode_whenUsed_thenItIsForbidden() throws Exception {
    String host = "127.0.0.1:" + node.httpAddress().getPort();
    var answer = ann.ask(host, "another.example:9181", "GET", "/api/v0/schema", "");
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void givenAProtectedDocument_whenItsHistoryIsExported_thenOnlyReadersGetItAndRestoreItAsTheirs()
      throws Exception {
    Path hidden = root.resolve("bob.car");
    assertThat(backup(node, bob, "export", hidden)).isEqualTo(200);
    assertThat(Files.readString(hidden, StandardCharsets.ISO_8859_1)).doesNotContain(docId);
    Path file = root.resolve("ann.car");
    assertThat(backup(node, ann, "export", file)).isEqualTo(200);
    assertThat(ann.graphql(node, "mutation{delete_Book{title}}")).contains("secret");
    node.close();
    node = DefraNode.start(TestNodes.protecting(TestNodes.onDisk(root.resolve("second"))));
    String answer = ann.ask(node, "POST", "/api/v0/acp/document/policy", POLICY).body();
    String policy = JSON.readTree(answer).get("PolicyID").asText();
    String sdl =
        "type Book @branchable @policy(id: \""
            + policy
            + "\", resource: \"book\") {title: String @index pages: Int}";
    assertThat(Person.NOBODY.ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    assertThat(backup(node, Person.NOBODY, "import", file)).isNotEqualTo(200);
    assertThat(backup(node, ann, "import", file)).isEqualTo(200);
    assertThat(ann.graphql(node, "query{Book{_docID title}}")).contains(docId, "secret");
    assertThat(bob.graphql(node, "query{Book{_docID title}}")).doesNotContain(docId, "secret");
    assertThat(Person.NOBODY.graphql(node, "query{commits{cid}}")).doesNotContain("bafy");
  }

  private static int backup(DefraNode node, Person person, String way, Path file) throws Exception {
    String body = "{\"filepath\":\"" + file + "\",\"history\":true}";
    return person.ask(node, "POST", "/api/v0/backup/" + way, body).statusCode();
  }
}
