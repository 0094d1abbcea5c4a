package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.crypto.KeyType;
import io.defradb.identity.Identity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may administer a node, over restarts. */
class NodeAccessTest {
  private static final String REFUSED = "{\"error\":\"not authorized to perform operation\"}";

  @TempDir Path root;
  private final Person ann = Person.make(KeyType.SECP256K1);
  private final Person bob = Person.make(KeyType.SECP256K1);

  private DefraNode start(boolean isEnabled, @Nullable Identity starter) {
    NodeConfig stored = TestNodes.onDisk(root.resolve("node"));
    return DefraNode.start(
        new NodeConfig(
            stored.rootDirectory(),
            stored.api(),
            stored.store(),
            stored.keys(),
            stored.net(),
            new NodeConfig.Acp(isEnabled, "none", starter),
            5,
            true,
            null));
  }

  private static String status(DefraNode node, Person person) throws Exception {
    return person.ask(node, "GET", "/api/v0/acp/node/status", "").body().strip();
  }

  private static String post(DefraNode node, Person person, String path) throws Exception {
    return person.ask(node, "POST", path, "").body().strip();
  }

  @Test
  void givenNobody_whenItIsToBeEnabled_thenTheNodeDoesNotStart() {
    assertThatThrownBy(() -> start(true, null)).hasMessage("can not start nac without identity");
  }

  @Test
  void givenItIsEnabled_whenStartedInAnyWay_thenItStaysAsItWasLeft() throws Exception {
    try (DefraNode node = start(true, ann.identity())) {
      assertThat(status(node, ann)).isEqualTo("{\"Status\":\"enabled\"}");
      assertThat(status(node, bob)).isEqualTo(REFUSED);
    }
    try (DefraNode node = start(true, bob.identity())) {
      assertThat(status(node, bob)).isEqualTo(REFUSED);
      assertThat(post(node, bob, "/api/v0/acp/node/disable")).isEqualTo(REFUSED);
      assertThat(post(node, ann, "/api/v0/acp/node/disable")).isEmpty();
    }
    try (DefraNode node = start(true, null)) {
      assertThat(status(node, bob)).isEqualTo("{\"Status\":\"disabled temporarily\"}");
      assertThat(post(node, bob, "/api/v0/acp/node/re-enable")).isEqualTo(REFUSED);
      assertThat(post(node, ann, "/api/v0/acp/node/re-enable")).isEmpty();
      assertThat(status(node, Person.NOBODY)).isEqualTo(REFUSED);
    }
  }

  @Test
  void givenItIsEnabled_whenAStrangerPurges_thenNothingIsDeleted() throws Exception {
    try (DefraNode node = start(true, ann.identity())) {
      Person.NOBODY.ask(node, "POST", "/api/v0/schema", "type User {name: String}");
      assertThat(post(node, bob, "/api/v0/purge")).isEqualTo(REFUSED);
      assertThat(bob.ask(node, "GET", "/api/v0/schema", "").body()).contains("User");
      assertThat(post(node, ann, "/api/v0/purge")).isEmpty();
      assertThat(ann.ask(node, "GET", "/api/v0/schema", "").body()).doesNotContain("User");
      assertThat(status(node, bob)).isEqualTo(REFUSED); // enabled again by the start's settings
    }
  }

  @Test
  void givenEverybodyIsAdmin_whenTheRelationOfNobodyIsTaken_thenItIsEverybodys() throws Exception {
    try (DefraNode node = start(true, ann.identity())) {
      String path = "/api/v0/acp/node/relationship";
      String everybody = "{\"Relation\":\"admin\",\"TargetActor\":\"*\"}";
      assertThat(ann.ask(node, "POST", path, everybody).body()).contains("false");
      assertThat(status(node, bob)).isEqualTo("{\"Status\":\"enabled\"}");
      String nobody = "{\"Relation\":\"admin\",\"TargetActor\":\"\"}";
      assertThat(ann.ask(node, "DELETE", path, nobody).body()).contains("true");
      assertThat(status(node, bob)).isEqualTo(REFUSED);
    }
  }
}
