package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions of a collection that were patched from the same one, each with a field of its own.
 */
class VersionBranchesTest {
  @TempDir Path root;
  private DefraNode node;
  private String trunk = "";

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.onDisk(root));
    post("/api/v0/schema", "type A {n: Int s: String as: [B]} type B {m: Int a: A}");
    trunk = active();
    assertThat(answer("mutation{create_A(input:[{n:1,s:'x'},{n:2,s:'y'}]){n}}"))
        .isEqualTo("{'data':{'create_A':[{'n':2},{'n':1}]}}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void post(String path, String body) throws Exception {
    assertThat(ask(node, "POST", path, body).statusCode()).isEqualTo(200);
  }

  private String answer(String request) throws Exception {
    return graphql(node, request.replace("'", "\\\"")).replace("\"", "'");
  }

  private String active() throws Exception {
    for (JsonNode found :
        new ObjectMapper().readTree(ask(node, "GET", "/api/v0/collections?name=A", "").body())) {
      return found.path("schema").path("VersionID").asText();
    }
    throw new AssertionError("no active version");
  }

  private void activate(String version) throws Exception {
    post("/api/v0/schema/default", version);
  }

  /** Adds a field to the version that is active, and answers with the new one's ID. */
  private String patched(String field, String kind) throws Exception {
    String patch =
        "[{'op':'add','path':'/A/Fields/-','value':{'Name':'%s','Kind':'%s'}}]"
            .formatted(field, kind)
            .replace("'", "\\\"");
    String body = "{\"Patch\":\"" + patch + "\",\"SetAsDefaultVersion\":true}";
    assertThat(ask(node, "PATCH", "/api/v0/schema", body).statusCode()).isEqualTo(200);
    return active();
  }

  private void restart() throws Exception {
    node.close();
    node = DefraNode.start(TestNodes.onDisk(root));
  }

  @Test
  void givenTwoBranches_whenBothAreWritten_thenEachKeepsWhatItsFieldHolds() throws Exception {
    String left = patched("left", "Int");
    answer("mutation{update_A(filter:{n:{_eq:1}},input:{left:10}){n}}");
    activate(trunk);
    String right = patched("right", "String");
    assertThat(answer("{A(order:{n:ASC}){n s right}}"))
        .isEqualTo("{'data':{'A':[{'n':1,'right':null,'s':'x'},{'n':2,'right':null,'s':'y'}]}}");
    answer("mutation{update_A(filter:{n:{_ge:1}},input:{right:'r'}){n}}");
    restart();
    assertThat(answer("{A(order:{n:ASC}){n s right}}"))
        .isEqualTo("{'data':{'A':[{'n':1,'right':'r','s':'x'},{'n':2,'right':'r','s':'y'}]}}");
    activate(left);
    assertThat(answer("{A(order:{n:ASC}){n left}}"))
        .isEqualTo("{'data':{'A':[{'left':10,'n':1},{'left':null,'n':2}]}}");
    answer("mutation{update_A(filter:{n:{_eq:2}},input:{left:20,s:'z'}){n}}");
    activate(right);
    assertThat(answer("{A(order:{n:ASC}){n s right}}"))
        .isEqualTo("{'data':{'A':[{'n':1,'right':'r','s':'x'},{'n':2,'right':'r','s':'z'}]}}");
  }

  @Test
  void givenTwoBranches_whenTheSecondIsIndexed_thenItsOwnValuesAreFound() throws Exception {
    patched("left", "Int");
    answer("mutation{update_A(filter:{n:{_eq:1}},input:{left:10}){n}}");
    activate(trunk);
    patched("right", "Int");
    answer("mutation{update_A(filter:{n:{_eq:2}},input:{right:7}){n}}");
    post(
        "/api/v0/collections/A/indexes",
        "{\"Name\":\"r\",\"Fields\":[{\"Name\":\"right\",\"Descending\":false}]}");
    assertThat(answer("{A(filter:{right:{_eq:10}}){n}}")).isEqualTo("{'data':{'A':[]}}");
    assertThat(answer("{A(filter:{right:{_eq:7}}){n}}")).isEqualTo("{'data':{'A':[{'n':2}]}}");
    assertThat(answer("{A(filter:{right:{_gt:0}}){n}}")).isEqualTo("{'data':{'A':[{'n':2}]}}");
    assertThat(answer("{commits(fieldName:'right'){height fieldName}}"))
        .isEqualTo("{'data':{'commits':[{'fieldName':'right','height':1}]}}");
    assertThat(answer("{commits(fieldName:'left'){height fieldName}}"))
        .isEqualTo("{'data':{'commits':[{'fieldName':'left','height':1}]}}");
  }
}
