package io.defradb.db.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.crypto.KeyType;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.SignatureBlock;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.MergeOutcome;
import io.defradb.db.Transaction;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.log.Conflict;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.Origin;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.identity.Identity;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MergeRulesTest {
  private static final String SDL =
      "type User { name: String age: Int @index(unique: true) sum: Float @crdt(type: pncounter) }";
  private static final Identity WRITER = Identity.generate(KeyType.ED25519, new Random(7));

  private final Replica a = new Replica(SDL, WriteRandom.of(new Random(1)), WRITER.privateKey());
  private final Replica b = new Replica(SDL, WriteRandom.of(new Random(2)), null);

  private static void sync(Replica from, Replica to) {
    from.tips().forEach((cid, collection) -> to.merge(collection, cid, from.below(cid)));
  }

  private static LogEntry last(Replica replica) {
    List<LogEntry> log = replica.log(0);
    return log.get(log.size() - 1);
  }

  private DocId createdOnBoth() {
    DocId docId = a.create("User", "{\"name\":\"a\",\"age\":1}", EncryptionChoice.NONE);
    sync(a, b);
    return docId;
  }

  @Test
  void givenASignedCommit_whenMerged_thenTheLogNamesPeerAndSigner() {
    createdOnBoth();
    LogEntry entry = last(b);
    assertThat(entry.op()).isEqualTo(LogEntry.Op.CREATE);
    assertThat(entry.origin()).isEqualTo(new Origin.Remote("peer"));
    assertThat(entry.signer()).isEqualTo(WRITER.did());
    assertThat(entry.fields()).containsExactly("age", "name");
    assertThat(b.image(entry.seq()).before()).isNull();
  }

  @Test
  void givenALostConflict_whenMerged_thenNothingChangesAndTheWinnerIsNamed() {
    DocId docId = createdOnBoth();
    a.update("User", docId, "{\"name\":\"aaa\"}");
    b.update("User", docId, "{\"name\":\"zzz\"}");
    Cid winner = last(b).cid();
    sync(a, b);
    LogEntry entry = last(b);
    assertThat(entry.winner()).isEqualTo(winner);
    assertThat(entry.op()).isEqualTo(LogEntry.Op.UPDATE);
    assertThat(entry.conflicts())
        .containsExactly(new Conflict("name", false, winner, Bytes.hex("63616161")));
    LogImage image = b.image(entry.seq());
    assertThat(image.before()).isEqualTo(image.after());
  }

  @Test
  void givenAWonConflict_whenMerged_thenTheOverwrittenCommitAndItsValueAreNamed() {
    DocId docId = createdOnBoth();
    a.update("User", docId, "{\"name\":\"zzz\",\"age\":5}");
    b.update("User", docId, "{\"name\":\"aaa\"}");
    Cid loser = last(b).cid();
    sync(a, b);
    assertThat(last(b).winner()).isNull();
    assertThat(last(b).conflicts())
        .containsExactly(new Conflict("name", true, loser, Bytes.hex("63616161")));
  }

  @Test
  void givenWritesOneAfterTheOther_whenMerged_thenNoConflictIsNoted() {
    DocId docId = createdOnBoth();
    a.update("User", docId, "{\"name\":\"x\"}");
    a.update("User", docId, "{\"name\":\"b\"}");
    sync(a, b);
    b.update("User", docId, "{\"name\":\"a\"}");
    sync(b, a);
    assertThat(a.log(0)).allSatisfy(entry -> assertThat(entry.conflicts()).isEmpty());
    assertThat(b.log(0)).allSatisfy(entry -> assertThat(entry.conflicts()).isEmpty());
  }

  @Test
  void givenADeletedDocument_whenALateUpdateComes_thenItStaysDeleted() {
    DocId docId = createdOnBoth();
    a.update("User", docId, "{\"name\":\"late\"}");
    a.update("User", docId, "{\"name\":\"later\"}");
    b.delete("User", docId);
    Cid deleted = last(b).cid();
    sync(a, b);
    LogEntry entry = last(b);
    assertThat(entry.op()).isEqualTo(LogEntry.Op.UPDATE);
    assertThat(entry.isDeleted()).isTrue();
    assertThat(entry.conflicts())
        .containsExactly(new Conflict("name", false, deleted, Bytes.hex("656c61746572")));
    assertThat(b.state().get("User").iterator().next().get("_deleted").asBoolean()).isTrue();
    sync(b, a);
    assertThat(a.state()).isEqualTo(b.state());
    assertThat(a.heads()).isEqualTo(b.heads());
    assertThat(last(a).op()).isEqualTo(LogEntry.Op.DELETE);
    StoreAudit.run(b.store(), b.database());
  }

  @Test
  void givenASecondGenesis_whenMerged_thenItIsAnUpdate() {
    a.create("User", "{\"name\":\"a\"}", EncryptionChoice.NONE);
    b.create("User", "{\"name\":\"a\",\"age\":null}", EncryptionChoice.NONE);
    sync(a, b);
    assertThat(last(b).op()).isEqualTo(LogEntry.Op.UPDATE);
    assertThat(last(b).height()).isEqualTo(1);
    StoreAudit.run(b.store(), b.database());
  }

  @Test
  void givenAnAppliedCommit_whenItComesAgain_thenTheLogStandsStill() {
    createdOnBoth();
    long before = last(b).seq();
    sync(a, b);
    assertThat(last(b).seq()).isEqualTo(before);
  }

  @Test
  void givenAForgedSignature_whenMerged_thenTheCommitIsRefusedAndNothingIsApplied() {
    a.create("User", "{\"name\":\"a\"}", EncryptionChoice.NONE);
    Cid tip = a.tips().keySet().iterator().next();
    Map<Cid, Bytes> blocks = a.below(tip);
    Block composite = BlockCodec.decode(blocks.get(tip).toArray());
    byte[] forged =
        new SignatureBlock(
                "EdDSA",
                Bytes.utf8(WRITER.privateKey().publicKey().text()),
                Bytes.wrap(new byte[64]))
            .encode();
    Cid signature = BlockCodec.cid(forged);
    byte[] changed =
        BlockCodec.encode(
            new Block(composite.delta(), composite.heads(), composite.links(), null, signature));
    blocks.put(signature, Bytes.wrap(forged));
    Cid bad = BlockCodec.cid(changed);
    blocks.put(bad, Bytes.wrap(changed));
    assertThatThrownBy(() -> b.merge("User", bad, blocks))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("signature verification failed");
    assertThat(b.state().get("User")).isEmpty();
  }

  @Test
  void givenTwoDocumentsWithOneUniqueValue_whenMerged_thenBothAreKept() {
    a.create("User", "{\"name\":\"a\",\"age\":5}", EncryptionChoice.NONE);
    b.create("User", "{\"name\":\"b\",\"age\":5}", EncryptionChoice.NONE);
    Cid tip = a.tips().keySet().iterator().next();
    var outcome = (MergeOutcome.Applied) b.merge("User", tip, a.below(tip));
    assertThat(outcome.violations()).hasSize(1);
    assertThat(b.state().get("User")).hasSize(2);
    StoreAudit.run(b.store(), b.database());
  }

  /** Their sum depends on the order of adding, which must not be that of arrival. */
  @Test
  void givenFloatIncrementsOnBothSides_whenExchanged_thenTheSumsAreEqualToTheLastBit() {
    DocId docId = createdOnBoth();
    for (String amount : List.of("0.1", "1e16", "0.3", "-1e16", "0.7")) {
      a.update("User", docId, "{\"sum\":" + amount + "}");
      b.update("User", docId, "{\"sum\":" + amount.replace("0.", "0.2") + "}");
    }
    sync(a, b);
    sync(b, a);
    assertThat(a.state()).isEqualTo(b.state());
    a.update("User", docId, "{\"sum\":0.9}");
    sync(a, b);
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void givenMoreWantsThanAreKept_whenTheOldestAreForgotten_thenTheYoungestStay() throws Exception {
    List<Cid> told = new ArrayList<>();
    Instant[] now = {Instant.EPOCH};
    var queue = new MergeQueue(b.database(), Runnable::run, () -> now[0], 10);
    for (int i = 0; i < 5; i++) {
      DocId docId = a.create("User", "{\"name\":\"a" + i + "\"}", EncryptionChoice.NONE);
      Cid tip =
          a.tips().keySet().stream().filter(cid -> !told.contains(cid)).findFirst().orElseThrow();
      told.add(tip);
      now[0] = now[0].plusSeconds(1);
      var request = new MergeRequest(collectionId(), docId, tip, "peer", Map.of(tip, a.raw(tip)));
      assertThat(queue.submit(request).get(5, TimeUnit.SECONDS))
          .isInstanceOf(MergeOutcome.MissingBlocks.class);
    }
    assertThat(queue.forgetWants(5)).isZero();
    assertThat(queue.forgetWants(2)).isEqualTo(3);
    assertThat(queue.wants())
        .extracting(Want::cid)
        .containsExactlyInAnyOrder(told.get(3), told.get(4));
  }

  @Test
  void givenBlocksThatComeOneByOne_whenQueued_thenTheWantIsKeptOverARestartUntilAllAreHere()
      throws Exception {
    DocId docId = a.create("User", "{\"name\":\"a\",\"age\":1}", EncryptionChoice.NONE);
    a.update("User", docId, "{\"name\":\"b\"}");
    a.update("User", docId, "{\"name\":\"c\"}");
    Cid tip = a.tips().keySet().iterator().next();
    String collectionId = collectionId();
    Map<Cid, Bytes> fetched = new HashMap<>(Map.of(tip, a.below(tip).get(tip)));
    Set<Cid> missing = Set.of(tip);
    int rounds = 0;
    while (!missing.isEmpty()) {
      assertThat(rounds++).isLessThan(20);
      b.restart();
      var queue = new MergeQueue(b.database(), Runnable::run, InstantSource.system(), 10);
      MergeOutcome outcome =
          queue
              .submit(new MergeRequest(collectionId, docId, tip, "peer", fetched))
              .get(5, TimeUnit.SECONDS);
      fetched = new HashMap<>();
      missing = Set.of();
      if (outcome instanceof MergeOutcome.MissingBlocks waiting) {
        assertThat(queue.wants()).hasSize(1);
        assertThat(queue.wants().get(0).missing()).containsAll(waiting.blocks());
        missing = waiting.blocks();
        for (Cid cid : missing) {
          fetched.put(cid, a.raw(cid));
        }
      } else {
        assertThat(queue.wants()).isEmpty();
      }
    }
    assertThat(rounds).isGreaterThan(2);
    assertThat(b.state()).isEqualTo(a.state());
    StoreAudit.run(b.store(), b.database());
  }

  @Test
  void givenAnEncryptedDocument_whenTheKeyComesLater_thenItIsAppliedThen() {
    DocId docId = a.create("User", "{\"name\":\"secret\"}", new EncryptionChoice(true, Set.of()));
    Cid tip = a.tips().keySet().iterator().next();
    MergeOutcome outcome = b.merge("User", tip, a.below(tip));
    assertThat(outcome).isInstanceOf(MergeOutcome.MissingKeys.class);
    Cid key = ((MergeOutcome.MissingKeys) outcome).keys().iterator().next();
    assertThat(b.state().get("User")).isEmpty();
    try (Transaction transaction = a.database().begin(true)) {
      b.keepKey(transaction.merger().key(key));
    }
    b.merge("User", tip, a.below(tip));
    assertThat(b.state().get("User")).hasSize(1);
    b.update("User", docId, "{\"name\":\"other\"}");
    sync(b, a);
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void givenManyCommitsOfFewDocuments_whenQueuedByManyThreads_thenEachIsAppliedOnce()
      throws Exception {
    List<MergeRequest> requests = new ArrayList<>();
    String collectionId = collectionId();
    for (int i = 0; i < 8; i++) {
      DocId docId = a.create("User", "{\"name\":\"d" + i + "\"}", EncryptionChoice.NONE);
      for (int k = 0; k < 10; k++) {
        a.update("User", docId, "{\"sum\":1}");
        Cid tip = last(a).cid();
        requests.add(new MergeRequest(collectionId, docId, tip, "peer", a.below(tip)));
      }
    }
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      var queue = new MergeQueue(b.database(), workers, InstantSource.system(), 1000);
      List<CompletableFuture<MergeOutcome>> answers = requests.stream().map(queue::submit).toList();
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      workers.shutdownNow();
    }
    assertThat(b.state()).isEqualTo(a.state());
    StoreAudit.run(b.store(), b.database());
  }

  private String collectionId() {
    try (Transaction transaction = b.database().begin(true)) {
      return Replica.version(transaction, "User").collectionId();
    }
  }
}
