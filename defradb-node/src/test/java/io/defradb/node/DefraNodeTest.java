package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefraNodeTest {
  private static final String SCHEMA = "type User { name: String age: Int }";
  private static final String BOB = "mutation{create_User(input:{age:31}){age}}";
  private static final Pattern FEED_ID = Pattern.compile("\"feedId\":\"([0-9a-f]+)\"");

  @TempDir Path root;

  private static String feedId(DefraNode node) throws Exception {
    Matcher id = FEED_ID.matcher(ask(node, "GET", "/api/v0/changes/info", "").body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  @Test
  void givenANode_whenItsRootIsAsked_thenOnlyThoseWhoWantHtmlGetTheConsole() throws Exception {
    try (DefraNode node = DefraNode.start(TestNodes.inMemory(root))) {
      assertThat(ask(node, "GET", "/", "").statusCode()).isEqualTo(404);
      assertThat(TestNodes.page(node)).contains("<title>DefraDB</title>");
      assertThat(ask(node, "GET", "/console/main.js", "").body()).contains("import");
    }
  }

  @Test
  void givenANodeWithoutConsole_whenItsRootIsAsked_thenThereIsNothing() throws Exception {
    try (DefraNode node = DefraNode.start(TestNodes.withoutConsole(root))) {
      assertThat(TestNodes.page(node)).isEqualTo("404 page not found\n");
      assertThat(ask(node, "GET", "/console/main.js", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void givenAStoppedNode_whenStartedAgain_thenDocumentsKeysAndFeedAreThere() throws Exception {
    String identity;
    String feedId;
    try (DefraNode node = DefraNode.start(TestNodes.onDisk(root))) {
      ask(node, "POST", "/api/v0/schema", SCHEMA);
      assertThat(graphql(node, BOB)).isEqualTo("{\"data\":{\"create_User\":[{\"age\":31}]}}");
      identity = ask(node, "GET", "/api/v0/node/identity", "").body();
      feedId = feedId(node);
    }
    try (DefraNode node = DefraNode.start(TestNodes.onDisk(root))) {
      assertThat(graphql(node, "{User{age}}")).isEqualTo("{\"data\":{\"User\":[{\"age\":31}]}}");
      assertThat(ask(node, "GET", "/api/v0/node/identity", "").body()).isEqualTo(identity);
      assertThat(feedId(node)).isEqualTo(feedId);
    }
  }

  @Test
  void givenADevelopmentNode_whenPurged_thenItIsEmptyAtTheSameAddressWithANewFeed()
      throws Exception {
    for (NodeConfig config :
        new NodeConfig[] {TestNodes.onDisk(root.resolve("a")), TestNodes.inMemory(root)}) {
      try (DefraNode node = DefraNode.start(config)) {
        for (int round = 0; round < 3; round++) {
          String before = feedId(node);
          ask(node, "POST", "/api/v0/schema", SCHEMA);
          graphql(node, BOB);
          ask(node, "POST", "/api/v0/tx", "");
          assertThat(ask(node, "POST", "/api/v0/purge", "").statusCode()).isEqualTo(200);
          assertThat(ask(node, "GET", "/api/v0/collections", "").body()).isEqualTo("[]\n");
          assertThat(feedId(node)).isNotEqualTo(before);
        }
      }
    }
  }

  @Test
  void givenATakenPort_whenStarted_thenItSaysSoAndLeavesTheStoreUnlocked() throws Exception {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var keyring = new NodeConfig.KeyringFolder(root.resolve("keys"), TestNodes.SECRET);
      NodeConfig config = TestNodes.config(root, false, keyring, taken.getLocalPort());
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> DefraNode.start(config))
            .hasMessage(
                "listen tcp 127.0.0.1:" + taken.getLocalPort() + ": bind: address already in use");
      }
    }
  }

  @Test
  void givenAStoreInUse_whenAnotherNodeStarts_thenItSaysSo() {
    try (DefraNode node = DefraNode.start(TestNodes.onDisk(root))) {
      assertThat(node.httpAddress().getPort()).isPositive();
      assertThatThrownBy(() -> DefraNode.start(TestNodes.onDisk(root)))
          .hasMessageStartingWith("Cannot acquire directory lock on");
    }
  }

  @Test
  void givenNoOrAnotherSecret_whenStarted_thenItSaysSo() throws Exception {
    DefraNode.start(TestNodes.onDisk(root)).close();
    Path keys = root.resolve("keys");
    assertThatThrownBy(
            () ->
                DefraNode.start(
                    TestNodes.config(root, false, new NodeConfig.KeyringFolder(keys, ""), 0)))
        .hasMessage("missing keyring secret");
    assertThatThrownBy(
            () ->
                DefraNode.start(
                    TestNodes.config(root, false, new NodeConfig.KeyringFolder(keys, "x"), 0)))
        .hasMessageStartingWith("jwe.Decrypt: failed to decrypt");
    assertThatThrownBy(() -> DefraNode.start(TestNodes.config(root, false, null, 0)))
        .hasMessageContaining("Encryption key mismatch");
    Files.delete(keys.resolve("encryption-key"));
    assertThatThrownBy(() -> DefraNode.start(TestNodes.onDisk(root)))
        .hasMessageContaining("Encryption key mismatch");
  }

  @Test
  void givenASubscription_whenDocumentsChange_thenEachEventShowsItsOwnCommit() throws Exception {
    try (DefraNode node = DefraNode.start(TestNodes.inMemory(root))) {
      ask(node, "POST", "/api/v0/schema", SCHEMA);
      try (var events = new EventReader(node, "subscription{User(filter:{age:{_gt:1}}){age}}")) {
        graphql(node, "mutation{create_User(input:{age:5}){age}}");
        graphql(node, "mutation{update_User(input:{age:6}){age}}");
        graphql(node, "mutation{update_User(input:{age:1}){age}}");
        graphql(node, "mutation{delete_User{age}}");
        graphql(node, "mutation{create_User(input:{age:9}){age}}");
        assertThat(events.next()).isEqualTo("{\"data\":{\"User\":[{\"age\":5}]}}");
        assertThat(events.next()).isEqualTo("{\"data\":{\"User\":[{\"age\":6}]}}");
        assertThat(events.next()).isEqualTo("{\"data\":{\"User\":[]}}");
        assertThat(events.next()).isEqualTo("{\"data\":{\"User\":[{\"age\":9}]}}");
      }
    }
  }

  @Test
  void givenAFailingMutation_whenOthersStandBeforeIt_thenNothingIsChanged() throws Exception {
    try (DefraNode node = DefraNode.start(TestNodes.inMemory(root))) {
      ask(node, "POST", "/api/v0/schema", SCHEMA);
      String answer =
          graphql(
              node,
              "mutation{a:create_User(input:{age:1}){age} b:create_User(input:{age:1}){age}}");
      assertThat(answer).startsWith("{\"errors\":[{\"message\":").endsWith("\"data\":null}");
      assertThat(graphql(node, "{User{age}}")).isEqualTo("{\"data\":{\"User\":[]}}");
    }
  }
}
