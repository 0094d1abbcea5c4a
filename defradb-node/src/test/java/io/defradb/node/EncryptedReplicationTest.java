package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.crypto.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted documents among nodes over sockets: keys are told to those who may read. */
class EncryptedReplicationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String POLICY =
      "{\"name\":\"p\",\"resources\":{\"user\":{\"permissions\":{\"read\":{\"expr\":\"owner + reader\"},"
          + "\"update\":{\"expr\":\"owner\"},\"delete\":{\"expr\":\"owner\"}},\"relations\":{"
          + "\"owner\":{\"types\":[\"actor\"]},\"reader\":{\"types\":[\"actor\"]}}}}}";

  @TempDir Path root;
  private final Person ann = Person.make(KeyType.SECP256K1);

  private DefraNode start(String name) throws Exception {
    DefraNode node =
        DefraNode.start(TestNodes.protecting(TestNodes.networked(root.resolve(name), List.of())));
    String answer = ann.ask(node, "POST", "/api/v0/acp/document/policy", POLICY).body();
    String policy = JSON.readTree(answer).get("PolicyID").asText();
    String sdl =
        "type User @policy(id: \"" + policy + "\", resource: \"user\") {name: String n: Int}";
    assertThat(ann.ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    return node;
  }

  private JsonNode get(DefraNode node, String path) throws Exception {
    return JSON.readTree(ann.ask(node, "GET", path, "").body());
  }

  private String users(DefraNode node) throws Exception {
    return ann.graphql(node, "query{User{name n}}");
  }

  private String create(DefraNode node, Person person, String arguments) throws Exception {
    String answer = person.graphql(node, "mutation{create_User(" + arguments + "){_docID}}");
    assertThat(answer).contains("bae-");
    return JSON.readTree(answer).at("/data/create_User/0/_docID").asText();
  }

  private void update(DefraNode node, String docId, int n) throws Exception {
    String change = "update_User(docID:'" + docId + "',input:{n:" + n + "}){_docID}";
    assertThat(ann.graphql(node, "mutation{" + change + "}")).contains(docId);
  }

  @Test
  void givenEncryptedDocuments_whenReplicated_thenOnlyThoseThatTheTargetMayReadAreDecrypted()
      throws Exception {
    try (DefraNode source = start("source");
        DefraNode target = start("target")) {
      String body = "{\"Info\":" + get(target, "/api/v0/p2p/info") + ",\"Collections\":[\"User\"]}";
      assertThat(ann.ask(source, "POST", "/api/v0/p2p/replicators", body).statusCode())
          .isEqualTo(200);
      String secret = create(source, ann, "encrypt:true,input:{name:'secret',n:1}");
      create(source, Person.NOBODY, "encryptFields:[name],input:{name:'public',n:2}");
      await().atMost(PATIENCE).until(() -> users(target).contains("public"));
      assertThat(users(target)).doesNotContain("secret");

      var relationship =
          JSON.createObjectNode()
              .put("CollectionName", "User")
              .put("DocID", secret)
              .put("Relation", "reader")
              .put("TargetActor", get(target, "/api/v0/node/identity").get("DID").asText());
      var granted =
          ann.ask(source, "POST", "/api/v0/acp/document/relationship", relationship.toString());
      assertThat(granted.statusCode()).isEqualTo(200);
      update(source, secret, 3);

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(users(target)).contains("secret", "\"n\":3"));
    }
  }
}
