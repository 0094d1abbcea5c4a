package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.db.backup.HistoryRestore;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of all commits: what is restored is the same, block for block. */
class HistoryBackupTest {
  private static final String SDL =
      "type A @branchable {n: Int s: String c: Int @crdt(type: pncounter) b: B}"
          + " type B {m: Int as: [A]}";

  @TempDir Path root;
  private DefraNode node;
  private DefraNode other;

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.inMemory(root.resolve("node")));
    other = DefraNode.start(TestNodes.inMemory(root.resolve("other")));
    for (DefraNode each : new DefraNode[] {node, other}) {
      assertThat(ask(each, "POST", "/api/v0/schema", SDL).statusCode()).isEqualTo(200);
    }
    answer(node, "mutation{b: create_B(input:{m:1}){_docID}}");
    answer(node, "mutation{create_A(input:[{n:1, s:'x', c:5}, {n:2, s:'y'}, {n:3}]){n}}");
    answer(node, "mutation{create_A(input:{n:4, s:'secret'}, encrypt:true){n}}");
    answer(node, "mutation{update_A(filter:{n:{_le:2}}, input:{s:'changed', c:2}){n}}");
    answer(node, "mutation{delete_A(filter:{n:{_eq:3}}){n}}");
  }

  @AfterEach
  void stop() {
    node.close();
    other.close();
  }

  private static String answer(DefraNode of, String request) throws Exception {
    String answer = graphql(of, request.replace("'", "\\\""));
    assertThat(answer).startsWith("{\"data\":{");
    return answer.replace("\"", "'");
  }

  private Path exported(String name) throws Exception {
    Path file = root.resolve(name);
    String body = "{\"filepath\":\"" + file + "\",\"history\":true}";
    assertThat(ask(node, "POST", "/api/v0/backup/export", body).statusCode()).isEqualTo(200);
    return file;
  }

  private static HttpResponse<String> restore(DefraNode into, Path file) throws Exception {
    return ask(
        into, "POST", "/api/v0/backup/import", "{\"filepath\":\"" + file + "\",\"history\":true}");
  }

  private static String state(DefraNode of) throws Exception {
    return answer(
            of, "{A(showDeleted:true){_docID _deleted n s c _version{cid height}} B{_docID m}}")
        + answer(
            of, "{commits{cid height docID fieldName delta signature{value} links{cid name}}}");
  }

  @Test
  void givenAHistory_whenRestoredElsewhere_thenDocumentsAndCommitsAreTheSame() throws Exception {
    Path file = exported("all.car");
    assertThat(restore(other, file).statusCode()).isEqualTo(200);
    assertThat(state(other)).isEqualTo(state(node)).contains("'secret'", "'c':7");
    answer(other, "mutation{update_A(filter:{n:{_eq:2}}, input:{s:'on'}){n}}");
    String after = state(other);
    assertThat(restore(other, file).statusCode()).isEqualTo(200);
    assertThat(state(other)).isEqualTo(after).contains("'on'");
  }

  @Test
  void givenACollection_whenExportedAlone_thenNothingElseIsRestored() throws Exception {
    Path file = root.resolve("b.car");
    String body = "{\"filepath\":\"" + file + "\",\"history\":true,\"collections\":[\"B\"]}";
    assertThat(ask(node, "POST", "/api/v0/backup/export", body).statusCode()).isEqualTo(200);
    assertThat(restore(other, file).statusCode()).isEqualTo(200);
    assertThat(answer(other, "{A{n} B{m}}")).isEqualTo("{'data':{'A':[],'B':[{'m':1}]}}");
  }

  @Test
  void givenAFileThatIsCutOffOrChanged_whenRestored_thenItIsRefusedAndNothingIsThere()
      throws Exception {
    byte[] whole = Files.readAllBytes(exported("all.car"));
    Path file = root.resolve("broken.car");
    for (int length : new int[] {0, 1, 30, 200, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(restore(other, file).statusCode()).as("cut at %d", length).isEqualTo(400);
    }
    Files.write(file, changed(whole, whole.length / 2));
    assertThat(restore(other, file).statusCode()).isEqualTo(400);
    Files.write(file, Arrays.toString(whole).getBytes(StandardCharsets.UTF_8));
    assertThat(restore(other, file).statusCode()).isEqualTo(400);
    assertThat(answer(other, "{A(showDeleted:true){n} commits{cid}}"))
        .isEqualTo("{'data':{'A':[],'commits':[]}}");
  }

  @Test
  void givenAnyBitOfAFileChanged_whenChecked_thenItIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(exported("all.car"));
    HistoryRestore.check(new ByteArrayInputStream(whole));
    for (int at = 0; at < whole.length; at++) {
      var changed = new ByteArrayInputStream(changed(whole, at));
      assertThatThrownBy(() -> HistoryRestore.check(changed))
          .as("changed at %d", at)
          .isInstanceOfSatisfying(
              DefraException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  /** One bit is turned, of neighbouring bytes another one each. */
  private static byte[] changed(byte[] whole, int at) {
    byte[] changed = whole.clone();
    changed[at] ^= (byte) (1 << at % 8);
    return changed;
  }

  @Test
  void givenNoSchema_whenRestored_thenTheTextSaysWhatToDo() throws Exception {
    Path file = exported("all.car");
    try (DefraNode empty = DefraNode.start(TestNodes.inMemory(root.resolve("empty")))) {
      assertThat(restore(empty, file).body())
          .contains("the collection of a history is not here, add its schema first");
    }
  }
}
