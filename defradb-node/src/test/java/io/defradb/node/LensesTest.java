package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.lens.LensModules;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations between versions, and transforms of views, through the doors that users have. */
class LensesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path root;
  private DefraNode node;
  private String first = "";

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.onDisk(root));
    HttpResponse<String> added =
        ask(node, "POST", "/api/v0/schema", "type User {name: String @index, age: Int}");
    first = JSON.readTree(added.body()).findValue("VersionID").asText();
    data("mutation{create_User(input:[{name:'Ann', age: 9007199254740993}]){name}}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** The data of a request that must succeed; quotes are written as {@code '}. */
  private String data(String request) throws Exception {
    String answer = graphql(node, request.replace("'", "\\\""));
    assertThat(answer).startsWith("{\"data\":{").endsWith("}}").doesNotContain("\"errors\"");
    return answer.substring(8, answer.length() - 1).replace("\"", "'");
  }

  private String lens(byte[] module, String arguments) {
    String path = LensModules.write(root, "module" + arguments.hashCode(), module);
    return "{\"Lenses\":[{\"Path\":\"" + path + "\",\"Arguments\":" + arguments + "}]}";
  }

  private void patch(String field, String migration) throws Exception {
    ObjectNode body = JSON.createObjectNode();
    body.put(
        "Patch",
        "[{\"op\":\"add\",\"path\":\"/User/Fields/-\",\"value\":{\"Name\":\""
            + field
            + "\",\"Kind\":\"String\"}}]");
    body.put("SetAsDefaultVersion", true);
    body.set("Migration", JSON.readTree(migration));
    assertThat(ask(node, "PATCH", "/api/v0/schema", body.toString()).statusCode()).isEqualTo(200);
  }

  private void activate(String versionId) throws Exception {
    assertThat(ask(node, "POST", "/api/v0/schema/default", versionId).statusCode()).isEqualTo(200);
  }

  private String activeVersion() throws Exception {
    String body = ask(node, "GET", "/api/v0/collections?name=User", "").body();
    return JSON.readTree(body).findValue("VersionID").asText();
  }

  @Test
  void givenAChainOfMigrations_whenRead_thenOldDocumentsGoThroughAllOfIt() throws Exception {
    patch("email", lens(LensModules.merging(), "{\"email\":\"none\"}"));
    patch("city", lens(LensModules.merging(), "{\"city\":\"Rome\"}"));
    data("mutation{create_User(input:[{name:'Bob'}]){name}}");
    assertThat(data("{User(order:{name:ASC}){name age email city}}"))
        .isEqualTo(
            "{'User':[{'age':9007199254740993,'city':'Rome','email':'none','name':'Ann'},"
                + "{'age':null,'city':null,'email':null,'name':'Bob'}]}");
    assertThat(data("{User(filter:{city:{_eq:'Rome'}}){name}}"))
        .isEqualTo("{'User':[{'name':'Ann'}]}");
    assertThat(data("{User(filter:{name:{_eq:'Ann'}}){email}}"))
        .isEqualTo("{'User':[{'email':'none'}]}");
  }

  @Test
  void givenAMigration_whenAnOldDocumentIsUpdated_thenWhatItShowedStays() throws Exception {
    patch("email", lens(LensModules.merging(), "{\"email\":\"none\"}"));
    data("mutation{update_User(input:{name:'Anna'}){name}}");
    assertThat(data("{User{name age email}}"))
        .isEqualTo("{'User':[{'age':9007199254740993,'email':'none','name':'Anna'}]}");
    node.close();
    node = DefraNode.start(TestNodes.onDisk(root));
    assertThat(data("{User(filter:{name:{_eq:'Anna'}}){email}}"))
        .isEqualTo("{'User':[{'email':'none'}]}");
  }

  @Test
  void givenAnOlderVersionMadeActive_whenRead_thenNewDocumentsGoBack() throws Exception {
    patch("undone", lens(LensModules.merging(), "{\"name\":\"x\"}"));
    data("mutation{create_User(input:[{name:'Bob'}]){name}}");
    String second = activeVersion();
    activate(first);
    assertThat(data("{User(order:{name:ASC}){name}}"))
        .isEqualTo("{'User':[{'name':'Ann'},{'name':'Bob'}]}");
    HttpResponse<String> down =
        ask(
            node,
            "POST",
            "/api/v0/lens/registry/x/down",
            "{\"CollectionID\":\"" + second + "\",\"Data\":[{\"a\":1}]}");
    assertThat(down.body().trim()).isEqualTo("[{\"undone\":true,\"a\":1}]");
  }

  @Test
  void givenAMigrationWithoutAWayBack_whenTheOldVersionIsAsked_thenTheAnswerSaysSo()
      throws Exception {
    patch("email", lens(LensModules.oneWay(), "{\"email\":\"none\"}"));
    data("mutation{create_User(input:[{name:'Bob'}]){name}}");
    activate(first);
    assertThat(graphql(node, "{User{name}}")).contains("Export `inverse` does not exist");
  }

  @Test
  void givenAModuleThatLeavesOut_whenCounted_thenItIsNotThere() throws Exception {
    patch("email", lens(LensModules.everySecond(), "{}"));
    assertThat(data("{_count(User:{}) User{name}}")).isEqualTo("{'User':[],'_count':0}");
  }

  @Test
  void givenAMigrationSetBeforeTheVersion_whenTheVersionArrives_thenItRuns() throws Exception {
    patch("email", "null");
    String second = activeVersion();
    node.close();
    try (DefraNode other = DefraNode.start(TestNodes.inMemory(root.resolve("other")))) {
      node = other;
      ObjectNode body = JSON.createObjectNode();
      body.put("SourceSchemaVersionID", first).put("DestinationSchemaVersionID", second);
      JsonNode lens = JSON.readTree(lens(LensModules.merging(), "{\"email\":\"early\"}"));
      body.set("Lenses", lens.get("Lenses"));
      HttpResponse<String> set = ask(node, "POST", "/api/v0/lens", body.toString());
      assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
      assertThat(ask(node, "GET", "/api/v0/collections?get_inactive=true", "").body())
          .contains("OrphanCollectionID");
      ask(node, "POST", "/api/v0/schema", "type User {name: String @index, age: Int}");
      data("mutation{create_User(input:[{name:'Ann'}]){name}}");
      patch("email", "null");
      assertThat(activeVersion()).isEqualTo(second);
      assertThat(data("{User{name email}}")).isEqualTo("{'User':[{'email':'early','name':'Ann'}]}");
    }
    node = DefraNode.start(TestNodes.onDisk(root));
  }

  @Test
  void givenALensGivenToTheRegistry_whenReloaded_thenItIsForgotten() throws Exception {
    String config = lens(LensModules.merging(), "{\"b\":2}");
    String set = "{\"CollectionID\":\"v\",\"Config\":" + config + "}";
    assertThat(ask(node, "POST", "/api/v0/lens/registry", set).statusCode()).isEqualTo(200);
    String up = "{\"CollectionID\":\"v\",\"Data\":[{\"a\":1}]}";
    assertThat(ask(node, "POST", "/api/v0/lens/registry/v/up", up).body().trim())
        .isEqualTo("[{\"b\":2,\"a\":1}]");
    assertThat(ask(node, "POST", "/api/v0/lens/registry/reload", "").statusCode()).isEqualTo(200);
    assertThat(ask(node, "POST", "/api/v0/lens/registry/v/up", up).body().trim())
        .isEqualTo("[{\"a\":1}]");
  }

  @Test
  void givenAViewWithATransform_whenAskedAndKept_thenItsRowsGoThroughIt() throws Exception {
    for (boolean isKept : new boolean[] {false, true}) {
      ObjectNode body = JSON.createObjectNode();
      body.put("Query", "User {name}");
      String name = isKept ? "Kept" : "Made";
      body.put(
          "SDL", "type " + name + " @materialized(if: " + isKept + ") {name: String by: String}");
      body.set("Transform", JSON.readTree(lens(LensModules.merging(), "{\"by\":\"lens\"}")));
      HttpResponse<String> added = ask(node, "POST", "/api/v0/view", body.toString());
      assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
      ask(node, "POST", "/api/v0/view/refresh", "");
      assertThat(data("{" + name + "(filter:{by:{_eq:'lens'}}){name by}}"))
          .isEqualTo("{'" + name + "':[{'by':'lens','name':'Ann'}]}");
    }
  }

  @Test
  void givenAModuleThatIsNotThere_whenSet_thenItIsRefused() throws Exception {
    String body =
        "{\"SourceSchemaVersionID\":\"a\",\"DestinationSchemaVersionID\":\"b\",\"Lens\":"
            + "{\"Lenses\":[{\"Path\":\"file:///no/such.wasm\"}]}}";
    HttpResponse<String> set = ask(node, "POST", "/api/v0/lens", body);
    assertThat(set.statusCode()).isEqualTo(400);
    assertThat(set.body()).contains("open /no/such.wasm: no such file or directory");
  }
}
