package io.defradb.node;

import static io.defradb.node.MixedFleet.PATIENCE;
import static io.defradb.node.MixedFleet.awaitEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.defradb.node.MixedFleet.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Documents between this node and the reference's, given as {@code -Dreference=<path>}; {@code
 * isReference} says which of the two writes.
 */
@Timeout(400)
class ReferenceReplicationTest {
  private static final int BURST = 500;

  @TempDir Path root;
  private MixedFleet fleet;

  @BeforeEach
  void open() {
    fleet = new MixedFleet(root);
  }

  @AfterEach
  void close() throws InterruptedException {
    if (fleet != null) {
      fleet.close();
    }
  }

  /** Gossip is best effort: changes the document until the reader has the newest. */
  private static void updateUntilHeard(Peer writer, String docId, Peer reader) {
    int[] n = {0};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              String newest = "\"n\":" + n[0] + ",";
              boolean isHeard = n[0] > 0 && reader.users().toString().contains(newest);
              if (!isHeard) {
                writer.update(docId, "{n:" + ++n[0] + "}");
              }
              return isHeard;
            });
  }

  private static String users(int count, String prefix) {
    var inputs = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      inputs.append("{name:\"").append(prefix).append(i).append("\"},");
    }
    return inputs.append(']').toString();
  }

  @Test
  void givenConcurrentEditsAndCounters_whenReplicatedBothWays_thenValuesAndCidsAreEqual()
      throws Exception {
    Peer reference = fleet.reference();
    Peer ours = fleet.ours();
    ours.replicateTo(reference);
    reference.replicateTo(ours);
    String docId = ours.create("{name:\"x\",n:1,points:10}");
    awaitEqual(ours, reference);
    for (int i = 0; i < 5; i++) {
      // one after the other: the reference counts some increments twice when they are concurrent
      ours.update(docId, "{points:1}");
      awaitEqual(ours, reference);
      reference.update(docId, "{points:-3}");
      awaitEqual(ours, reference);
    }
    assertThat(ours.users()).singleElement().asString().contains("\"points\":0");
    String other = ours.create("{name:\"y\"}");
    awaitEqual(ours, reference);
    for (int i = 0; i < 5; i++) {
      ours.update(other, "{n:" + i + ",name:\"ours\"}");
      reference.update(other, "{n:" + (100 + i) + ",name:\"reference\"}");
    }
    awaitEqual(ours, reference);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenABurstAndALargeValue_whenReplicated_thenNothingIsMissing(boolean isReference)
      throws Exception {
    Peer writer = fleet.node(isReference);
    Peer reader = fleet.node(!isReference);
    writer.create(users(120, "before"));
    writer.replicateTo(reader);
    writer.create(users(BURST, "u"));
    writer.create("{name:\"" + "v".repeat(1 << 20) + "\"}");
    writer.create("{name:\"" + "v".repeat(1_000_000) + "\"}");
    await().atMost(PATIENCE).until(() -> reader.count() == writer.count());
    assertThat(reader.users().equals(writer.users())).isTrue();
    assertThat(reader.commits().equals(writer.commits())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAReaderThatFallsDuringWrites_whenItIsBack_thenNothingIsMissing(boolean isReference)
      throws Exception {
    Peer writer = fleet.node(isReference);
    Peer reader = fleet.node(!isReference);
    writer.replicateTo(reader);
    String docId = writer.create("{name:\"x\"}");
    awaitEqual(writer, reader);
    CompletableFuture<Void> writes =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 60; i++) {
                writer.create("{name:\"u" + i + "\"}");
                writer.update(docId, "{n:" + i + "}");
              }
            });
    await().atMost(PATIENCE).until(() -> writer.count() > 10);
    reader.stop();
    writes.get();
    reader.start();
    awaitEqual(writer, reader);
  }

  /** What ours has not pushed is in its log; the reference keeps only what failed before. */
  @Test
  void givenAWriterOfOursThatStops_whenItIsBack_thenNothingIsMissing() throws Exception {
    Peer reader = fleet.reference();
    Peer writer = fleet.ours();
    writer.replicateTo(reader);
    writer.create(users(200, "u"));
    writer.stop();
    writer.start();
    awaitEqual(writer, reader);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenADeleteAndALateUpdate_whenTheyMeet_thenTheDocumentStaysDeleted(boolean isReference)
      throws Exception {
    Peer one = fleet.node(isReference);
    Peer other = fleet.node(!isReference);
    one.replicateTo(other);
    other.replicateTo(one);
    String docId = one.create("{name:\"x\",n:1}");
    awaitEqual(one, other);
    other.stop();
    one.delete(docId);
    await()
        .atMost(PATIENCE)
        .until(
            () -> one.ask("GET", "/p2p/replicators", "").body(),
            body -> body.contains("\"Status\":1"));
    one.stop();
    other.start();
    other.update(docId, "{n:7}");
    one.start();
    awaitEqual(one, other);
    assertThat(one.users()).singleElement().asString().contains("\"_deleted\":true");
    assertThat(other.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAReplicator_whenDeletedAndSetAgain_thenWhatWasMissedArrives(boolean isReference)
      throws Exception {
    Peer writer = fleet.node(isReference);
    Peer reader = fleet.node(!isReference);
    writer.create(users(BURST, "u"));
    writer.replicateTo(reader);
    await().atMost(PATIENCE).until(() -> reader.count() > 0);
    writer.replicateNoMoreTo(reader);
    assertThat(writer.ask("GET", "/p2p/replicators", "").body().strip()).isIn("[]", "null");
    writer.create("{name:\"missed\"}");
    writer.replicateTo(reader);
    awaitEqual(writer, reader);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenABurstOfDocuments_whenToldByGossip_thenAllArrive(boolean isReference) throws Exception {
    Peer writer = fleet.node(isReference);
    Peer reader = fleet.node(!isReference, writer);
    String first = writer.create("{name:\"first\"}");
    reader.post("/p2p/collections", "[\"User\"]");
    updateUntilHeard(writer, first, reader);
    writer.create(users(500, "u"));
    await().atMost(PATIENCE).until(() -> reader.users().size() == 501);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenOneFollowedDocument_whenItAndAnotherChange_thenOnlyItArrives(boolean isReference)
      throws Exception {
    Peer writer = fleet.node(isReference);
    Peer reader = fleet.node(!isReference, writer);
    String followed = writer.create("{name:\"followed\"}");
    String other = writer.create("{name:\"other\"}");
    reader.post("/p2p/documents", "[\"" + followed + "\"]");
    writer.update(other, "{n:1}");
    updateUntilHeard(writer, followed, reader);
    assertThat(reader.users()).singleElement().asString().contains("followed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAFieldAddedOnBothSides_whenItIsSet_thenItArrives(boolean isReference) throws Exception {
    Peer writer = fleet.node(isReference);
    Peer reader = fleet.node(!isReference);
    writer.replicateTo(reader);
    String docId = writer.create("{name:\"x\"}");
    awaitEqual(writer, reader);
    String patch =
        "{\"Patch\":\"[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/User/Fields/-\\\","
            + "\\\"value\\\":{\\\"Name\\\":\\\"mail\\\",\\\"Kind\\\":\\\"String\\\"}}]\","
            + "\"SetAsDefaultVersion\":true}";
    writer.send("PATCH", "/schema", patch);
    reader.send("PATCH", "/schema", patch);
    writer.update(docId, "{mail:\"a@b\"}");
    reader.stop();
    writer.update(docId, "{mail:\"c@d\"}"); // pushed again with the version's ID, by some
    reader.start();
    await()
        .atMost(PATIENCE)
        .until(() -> reader.graphql("query{User{mail}}").toString().contains("c@d"));
    awaitEqual(writer, reader);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenThreeNodesInALine_whenOneEndWrites_thenTheOtherReads(boolean isReference)
      throws Exception {
    Peer first = fleet.node(isReference);
    Peer middle = fleet.node(!isReference, first);
    Peer last = fleet.node(isReference, middle);
    for (Peer peer : List.of(first, middle, last)) {
      peer.post("/p2p/collections", "[\"User\"]");
    }
    String docId = first.create("{name:\"x\",n:0}");
    updateUntilHeard(first, docId, last);
    awaitEqual(first, last);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenALateJoiner_whenItSyncsADocument_thenItHasItsWholeHistory(boolean isReference)
      throws Exception {
    Peer owner = fleet.node(isReference);
    String docId = owner.create("{name:\"x\",n:1}");
    for (int i = 2; i < 20; i++) {
      owner.update(docId, "{n:" + i + "}");
    }
    Peer late = fleet.node(!isReference, owner);
    String request = "{\"collectionName\":\"User\",\"docIDs\":[\"%s\"],\"timeout\":\"5s\"}";
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                late.ask("POST", "/p2p/documents/sync", request.formatted(docId)).statusCode()
                    == 200);
    awaitEqual(late, owner);
  }

  @Test
  void givenAnEncryptedDocument_whenTheReferenceHasNoKeyService_thenOthersStillArrive()
      throws Exception {
    Peer reference = fleet.reference();
    Peer ours = fleet.ours();
    ours.replicateTo(reference);
    ours.graphql("mutation{create_User(encrypt:true,input:{name:\"secret\"}){_docID}}");
    ours.create("{name:\"open\"}");
    await().atMost(PATIENCE).until(() -> reference.users().toString().contains("open"));
    assertThat(reference.users().toString()).doesNotContain("secret");

    reference.replicateTo(ours);
    reference.graphql("mutation{create_User(encrypt:true,input:{name:\"hidden\"}){_docID}}");
    reference.create("{name:\"shown\"}");
    await().atMost(PATIENCE).until(() -> ours.users().toString().contains("shown"));
    assertThat(ours.users().toString()).doesNotContain("hidden");
  }
}
