package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.testing.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The half of Getting Started that needs two nodes, and the commands of the peer-to-peer guide, as
 * they are written but for the ports.
 */
class PeersGuideTest {
  private static final Duration WAIT = Duration.ofMinutes(3);
  private static final String USER =
      "'type User { name: String age: Int verified: Boolean points: Float }'";
  private static final String ARTICLE = "'type Article { content: String published: Boolean }'";
  private static final String BOOKS = "'type Books { title: String }'";

  @TempDir Path home;
  private Newcomer newcomer;
  private int p2pPortA;
  private int portB;
  private int p2pPortB;

  @BeforeEach
  void arrive() throws Exception {
    newcomer = new Newcomer(home);
    p2pPortA = FreePorts.next();
    portB = FreePorts.next();
    p2pPortB = FreePorts.next();
    Files.writeString(home.resolve(".env"), "DEFRA_KEYRING_SECRET=a secret\n");
  }

  @AfterEach
  void leave() {
    newcomer.close();
  }

  private Path startA() throws Exception {
    return newcomer.start(
        "defradb start --url 127.0.0.1:"
            + newcomer.port
            + " --p2paddr /ip4/127.0.0.1/tcp/"
            + p2pPortA);
  }

  private Path startB(String listen, String flags) throws Exception {
    return newcomer.start(
        "defradb start --rootdir ~/.defradb-nodeB --url localhost:"
            + portB
            + " --p2paddr /ip4/"
            + listen
            + "/tcp/"
            + p2pPortB
            + flags);
  }

  private String onB(String command) {
    return command + " --url localhost:" + portB + " ";
  }

  private JsonNode askB(String request) throws Exception {
    return newcomer.succeed(onB("defradb client query") + "'" + request + "'").json().path("data");
  }

  private void awaitOnB(String request, String... texts) {
    Awaitility.await()
        .atMost(WAIT)
        .untilAsserted(() -> assertThat(askB(request).toString()).contains(texts));
  }

  @Test
  void givenTwoNodes_whenTheSecondFollowsTheFirst_thenItReceivesWhatIsWrittenFromThenOn()
      throws Exception {
    startA();
    newcomer.succeed("defradb client schema add " + USER);
    newcomer.succeed(
        "defradb client query 'mutation { create_User(input: {age: 31, verified: true, points: 90,"
            + " name: \"Bob\"}) { _docID } }'");
    String peerId =
        newcomer
            .succeed("defradb client p2p info 2>/dev/null | grep -oE '12D3[a-zA-Z0-9]+'")
            .out()
            .lines()
            .findFirst()
            .orElseThrow();
    startB("127.0.0.1", " --peers /ip4/127.0.0.1/tcp/" + p2pPortA + "/p2p/" + peerId);
    newcomer.succeed(onB("defradb client schema add") + USER);
    newcomer.succeed(onB("defradb client p2p collection add") + "User");
    assertThat(newcomer.succeed(onB("defradb client p2p collection getall")).out())
        .contains("User");
    Awaitility.await()
        .atMost(WAIT)
        .untilAsserted(
            () -> { // what is published before the subscription was heard of reaches nobody
              newcomer.succeed(
                  "defradb client query 'mutation { upsert_User(filter: {name: {_eq: \"Zara\"}},"
                      + " create: {age: 22, verified: true, points: 5, name: \"Zara\"}, update:"
                      + " {age: 22}) { _docID } }'");
              assertThat(askB("query { User { name age verified points } }").path("User"))
                  .isNotEmpty();
            });
    JsonNode users = askB("query { User { name age verified points } }").path("User");
    assertThat(users).hasSize(1); // Bob was there before
    assertThat(users.get(0).path("name").asText()).isEqualTo("Zara");
    assertThat(users.get(0).path("points").asDouble()).isEqualTo(5);
  }

  @Test
  void givenTwoNodes_whenTheFirstReplicatesToTheSecond_thenAllItsArticlesAreThere()
      throws Exception {
    startA();
    newcomer.succeed("defradb client schema add " + ARTICLE);
    startB("0.0.0.0", "");
    newcomer.succeed(onB("defradb client schema add") + ARTICLE);
    newcomer.succeed(
        "defradb client query 'mutation {"
            + " article1: create_Article(input: {content: \"hello\", published: true}) { _docID }"
            + " article2: create_Article(input: {content: \"world\", published: false}) { _docID }"
            + " }'");
    newcomer.succeed(
        "NODE_B_PEER_INFO=$("
            + onB("defradb client p2p info")
            + "2>/dev/null | grep -oE '\"/ip4/127\\.0\\.0\\.1/tcp/[^\"]+' | tr -d '\"')\n"
            + "defradb client p2p replicator set -c Article $NODE_B_PEER_INFO");
    awaitOnB("query { Article { content published } }", "hello", "world");
    newcomer.succeed(
        "defradb client query 'mutation { create_Article(input: {content: \"later\"}) { _docID } }'");
    awaitOnB("query { Article { content published } }", "later");
    assertThat(newcomer.succeed("defradb client p2p replicator getall").out()).contains("Addrs");
    assertThat(newcomer.succeed("defradb client p2p status").out()).contains("OwedDocuments");
  }

  /**
   * The peer-to-peer guide: a collection, or some of its documents, to a peer that is connected.
   */
  @Test
  void givenAConnectedPeer_whenNamedByItsPeerIdAlone_thenCollectionAndDocumentsReplicate()
      throws Exception {
    Path log = startA();
    assertThat(log).content().contains("Created LibP2P host", "PeerId=", "Address=");
    newcomer.succeed("defradb client schema add " + BOOKS);
    newcomer.succeed("defradb client schema add " + ARTICLE);
    String addressA =
        "/ip4/127.0.0.1/tcp/" + p2pPortA + "/p2p/" + peerId("defradb client p2p info");
    startB("127.0.0.1", " --peers " + addressA);
    newcomer.succeed(onB("defradb client schema add") + BOOKS);
    newcomer.succeed(onB("defradb client schema add") + ARTICLE);
    String peerB = peerId(onB("defradb client p2p info"));
    newcomer.succeed(
        "defradb client query 'mutation { create_Books(input: {title: \"Emma\"}) { _docID } }'");
    newcomer.succeed("defradb client p2p replicator set -c Books " + peerB);
    awaitOnB("query { Books { title } }", "Emma");

    String chosen = article("chosen");
    article("other");
    newcomer.succeed(
        "defradb client p2p replicator set -c Article --docID " + chosen + " " + peerB);
    awaitOnB("query { Article { content } }", "chosen");
    assertThat(askB("query { Article { content } }").path("Article")).hasSize(1);

    newcomer.succeed("defradb client p2p replicator delete " + peerB);
    assertThat(newcomer.succeed("defradb client p2p replicator getall").out())
        .doesNotContain(peerB);
  }

  private String peerId(String info) throws Exception {
    return newcomer
        .succeed(info + " 2>/dev/null | grep -oE '12D3[a-zA-Z0-9]+' | head -1")
        .out()
        .strip();
  }

  private String article(String content) throws Exception {
    return newcomer
        .succeed(
            "defradb client query 'mutation { create_Article(input: {content: \""
                + content
                + "\"}) { _docID } }'")
        .json()
        .path("data")
        .path("create_Article")
        .get(0)
        .path("_docID")
        .asText();
  }

  @Test
  void givenNoNetwork_whenAskedForPeers_thenOneSentenceSaysSo() throws Exception {
    newcomer.start("defradb start --no-p2p --url 127.0.0.1:" + newcomer.port);
    assertThat(newcomer.refused("defradb client p2p replicator getall")).isNotEmpty();
  }
}
