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

/** Protected documents among nodes: served to those whose identity may read them. */
class ProtectedReplicationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String POLICY =
      "{\"name\":\"p\",\"resources\":{\"user\":{\"permissions\":{\"read\":{\"expr\":\"owner + reader\"},"
          + "\"update\":{\"expr\":\"owner\"},\"delete\":{\"expr\":\"owner\"}},\"relations\":{"
          + "\"owner\":{\"types\":[\"actor\"]},\"reader\":{\"types\":[\"actor\"]}}}}}";

  @TempDir Path root;
  private final Person ann = Person.make(KeyType.SECP256K1);

  private DefraNode start(String name, List<String> peers) throws Exception {
    DefraNode node =
        DefraNode.start(TestNodes.protecting(TestNodes.networked(root.resolve(name), peers)));
    String answer = ann.ask(node, "POST", "/api/v0/acp/document/policy", POLICY).body();
    String sdl =
        "type User @policy(id: \""
            + JSON.readTree(answer).get("PolicyID").asText()
            + "\", resource: \"user\") {name: String}";
    assertThat(ann.ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
    return node;
  }

  private JsonNode get(DefraNode node, String path) throws Exception {
    return JSON.readTree(ann.ask(node, "GET", path, "").body());
  }

  private String address(DefraNode node) throws Exception {
    JsonNode info = get(node, "/api/v0/p2p/info");
    return info.get("Addrs").get(0).asText() + "/p2p/" + info.get("ID").asText();
  }

  private String names(DefraNode node) throws Exception {
    return ann.graphql(node, "query{User(order:{name:ASC}){name}}");
  }

  private void update(DefraNode node, String docId, String name) throws Exception {
    String answer =
        ann.graphql(
            node,
            "mutation{update_User(docID:'" + docId + "',input:{name:'" + name + "'}){_docID}}");
    assertThat(answer).contains(docId);
  }

  private String create(DefraNode node, Person person, String name) throws Exception {
    String answer =
        person.graphql(node, "mutation{create_User(input:{name:'" + name + "'}){_docID}}");
    return JSON.readTree(answer).at("/data/create_User/0/_docID").asText();
  }

  @Test
  void givenAFollower_whenItIsMadeAReader_thenItGetsTheDocumentAndNotBefore() throws Exception {
    try (DefraNode follower = start("follower", List.of())) {
      ann.ask(follower, "POST", "/api/v0/p2p/collections", "[\"User\"]");
      try (DefraNode owner = start("owner", List.of(address(follower)))) {
        String secret = create(owner, ann, "secret");
        String open = create(owner, Person.NOBODY, "open");
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  update(owner, open, "open");
                  assertThat(names(follower)).contains("open");
                });
        update(owner, secret, "secret2");
        update(owner, open, "opened"); // announced after it, so what was before was refused
        await().atMost(PATIENCE).until(() -> names(follower).contains("opened"));
        assertThat(names(follower)).doesNotContain("secret");

        String reader = get(follower, "/api/v0/node/identity").get("DID").asText();
        var granted =
            ann.ask(
                owner,
                "POST",
                "/api/v0/acp/document/relationship",
                "{\"CollectionName\":\"User\",\"DocID\":\""
                    + secret
                    + "\",\"Relation\":\"reader\",\"TargetActor\":\""
                    + reader
                    + "\"}");
        assertThat(granted.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> names(follower).contains("secret2"));
      }
    }
  }

  @Test
  void givenAReplicator_whenTheTargetIsNobody_thenItIsPushedAllTheSame() throws Exception {
    try (DefraNode source = start("source", List.of());
        DefraNode target = start("target", List.of())) {
      String body = "{\"Info\":" + get(target, "/api/v0/p2p/info") + ",\"Collections\":[\"User\"]}";
      assertThat(ann.ask(source, "POST", "/api/v0/p2p/replicators", body).statusCode())
          .isEqualTo(200);
      create(source, ann, "secret");
      await().atMost(PATIENCE).until(() -> names(target).contains("secret"));
    }
  }
}
