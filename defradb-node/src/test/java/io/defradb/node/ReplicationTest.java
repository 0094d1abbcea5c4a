package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes, over sockets. */
class ReplicationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SCHEMA =
      "type User { name: String points: Int @crdt(type: pncounter) }";

  @TempDir Path root;

  private DefraNode start(String name) throws Exception {
    DefraNode node = DefraNode.start(TestNodes.networked(root.resolve(name), List.of()));
    ask(node, "POST", "/api/v0/schema", SCHEMA);
    return node;
  }

  private static JsonNode info(DefraNode node) throws Exception {
    return new ObjectMapper().readTree(ask(node, "GET", "/api/v0/p2p/info", "").body());
  }

  private static String users(DefraNode node) throws Exception {
    return graphql(node, "query { User(order: {name: ASC}) { _docID name points } }");
  }

  private static void create(DefraNode node, String name) throws Exception {
    graphql(
        node,
        "mutation { create_User(input: {name: \\\"" + name + "\\\", points: 1}) { _docID } }");
  }

  private static void changeAll(DefraNode node) throws Exception {
    graphql(node, "mutation { update_User(input: {points: 1}) { _docID } }");
  }

  private static void setReplicator(DefraNode from, DefraNode to) throws Exception {
    var answer =
        ask(
            from,
            "POST",
            "/api/v0/p2p/replicators",
            "{\"Info\":" + info(to) + ",\"Collections\":[\"User\"]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void awaitEqual(DefraNode one, DefraNode two) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(users(one)).isEqualTo(users(two)));
  }

  @Test
  void givenAReplicator_whenEitherNodeStartsAgain_thenNothingIsMissing() throws Exception {
    DefraNode source = start("source");
    for (int i = 0; i < 130; i++) {
      create(source, "u" + i);
    }
    try (DefraNode target = start("target")) {
      setReplicator(source, target);
      awaitEqual(source, target);
      changeAll(source);
      awaitEqual(source, target);
    }
    create(source, "while away");
    source.close();
    try (DefraNode target = start("target");
        DefraNode again = start("source")) {
      assertThat(users(again)).contains("while away");
      setReplicator(again, target); // it listens at another port now
      awaitEqual(again, target);
      var status = ask(again, "GET", "/api/v0/p2p/status", "").body();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  new ObjectMapper()
                          .readTree(ask(again, "GET", "/api/v0/p2p/status", "").body())
                          .get(0)
                          .get("Lag")
                          .asLong()
                      == 0);
      assertThat(status).contains("\"OwedDocuments\"");
    }
  }

  /** Once the request to follow is answered, not even the next write is missed. */
  @Test
  void givenAFollowedCollection_whenAConnectedNodeWrites_thenItArrives() throws Exception {
    try (DefraNode reader = start("reader")) {
      JsonNode info = info(reader);
      String address = info.get("Addrs").get(0).asText() + "/p2p/" + info.get("ID").asText();
      ask(reader, "POST", "/api/v0/p2p/collections", "[\"User\"]");
      try (DefraNode writer =
          DefraNode.start(TestNodes.networked(root.resolve("writer"), List.of(address)))) {
        ask(writer, "POST", "/api/v0/schema", SCHEMA);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  changeOrCreate(writer);
                  assertThat(users(reader)).contains("gossip");
                });
        awaitEqual(writer, reader);
        ask(reader, "DELETE", "/api/v0/p2p/collections", "[\"User\"]");
        ask(reader, "POST", "/api/v0/p2p/collections", "[\"User\"]");
        create(writer, "at once");
        awaitEqual(writer, reader);
      }
    }
  }

  @Test
  void givenAFollowedCollection_whenTheNodeStartsAgain_thenItFollowsIt() throws Exception {
    try (DefraNode writer = start("writer")) {
      JsonNode info = info(writer);
      String address = info.get("Addrs").get(0).asText() + "/p2p/" + info.get("ID").asText();
      NodeConfig reader = TestNodes.networked(root.resolve("reader"), List.of(address));
      try (DefraNode first = DefraNode.start(reader)) {
        ask(first, "POST", "/api/v0/schema", SCHEMA);
        ask(first, "POST", "/api/v0/p2p/collections", "[\"User\"]");
      }
      try (DefraNode again = DefraNode.start(reader)) {
        assertThat(ask(again, "GET", "/api/v0/p2p/collections", "").body()).contains("User");
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  changeOrCreate(writer);
                  assertThat(users(again)).contains("gossip");
                });
        awaitEqual(writer, again);
      }
    }
  }

  /** Gossip is best effort: a change made before the reader's topics are known reaches nobody. */
  private static void changeOrCreate(DefraNode writer) throws Exception {
    if (users(writer).contains("gossip")) {
      changeAll(writer);
    } else {
      create(writer, "gossip");
    }
  }

  @Test
  void givenADocumentElsewhere_whenSynced_thenItIsHere() throws Exception {
    try (DefraNode owner = start("owner");
        DefraNode asker = start("asker")) {
      create(owner, "pulled");
      setReplicator(asker, owner); // connects the two
      String docId = new ObjectMapper().readTree(users(owner)).at("/data/User/0/_docID").asText();
      create(asker, "connects");
      awaitContains(owner, "connects");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var answer =
                    ask(
                        asker,
                        "POST",
                        "/api/v0/p2p/documents/sync",
                        "{\"collectionName\":\"User\",\"docIDs\":[\""
                            + docId
                            + "\"],\"timeout\":\"2s\"}");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
              });
      awaitContains(asker, "pulled");
    }
  }

  private static void awaitContains(DefraNode node, String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(users(node)).contains(text));
  }

  /**
   * By an address alone, of a node that is not connected; what it came to is on the metrics page.
   */
  @Test
  void givenAnAddressWithoutAPeerId_whenSet_thenItReplicatesAndTheMetricsTellHowFar()
      throws Exception {
    try (DefraNode source = start("source");
        DefraNode target = start("target")) {
      create(source, "measured");
      String address = info(target).get("Addrs").get(0).asText().replaceAll("/p2p/.*", "");
      var answer =
          ask(
              source,
              "POST",
              "/api/v0/p2p/replicators",
              "{\"Info\":{\"ID\":\"\",\"Addrs\":[\""
                  + address
                  + "\"]},\"Collections\":[\"User\"]}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      awaitEqual(source, target);
      String peer = "{peer=\"" + info(target).get("ID").asText() + "\"}";
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(ask(source, "GET", "/metrics", "").body())
                      .contains("defradb_replicator_lag" + peer + " 0.0")
                      .contains("defradb_replicator_owed" + peer + " 0.0")
                      .contains("defradb_replicator_connected" + peer + " 1.0")
                      .containsPattern("defradb_replicator_last_success_seconds\\{.*} 1")
                      .contains("defradb_peer_connections 1.0")
                      .contains("defradb_gossip_dropped_total{reason=\"unsent\"} 0.0"));
    }
  }

  /** Whether the target is there or not: its address is known from when it was set. */
  @Test
  void givenAReplicatorOfAPeerThatIsGone_whenDeletedByItsBareAddress_thenItIsRemoved()
      throws Exception {
    try (DefraNode source = start("source")) {
      String address;
      try (DefraNode target = start("target")) {
        setReplicator(source, target);
        address = info(target).get("Addrs").get(0).asText().replaceAll("/p2p/.*", "");
      }
      assertThat(ask(source, "GET", "/api/v0/p2p/replicators", "").body()).contains(address);
      var answer =
          ask(
              source,
              "DELETE",
              "/api/v0/p2p/replicators",
              "{\"Info\":{\"ID\":\"\",\"Addrs\":[\"" + address + "\"]},\"Collections\":[]}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(ask(source, "GET", "/api/v0/p2p/replicators", "").body().strip()).isEqualTo("[]");
    }
  }
}
