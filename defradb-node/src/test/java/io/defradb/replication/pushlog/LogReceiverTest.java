package io.defradb.replication.pushlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.audit.StoreAudit;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.subdag.SubDags;
import io.defradb.replication.testing.MemoryNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LogReceiverTest {
  private static final String SDL = "type User { name: String n: Int @crdt(type: pncounter) }";
  private static final String BRANCHABLE = "type User @branchable { name: String }";

  private final MemoryHosts hosts = new MemoryHosts(1);

  private MemoryNode node(String name, String sdl) {
    return new MemoryNode(hosts, name, sdl);
  }

  @Test
  void givenALongHistory_whenItsHeadIsPushed_thenTheAnswerMeansThatAllOfItIsApplied() {
    var a = node("a", SDL);
    var b = node("b", SDL);
    a.connect(b);
    DocId docId = a.replica().create("User", "{\"name\":\"x\",\"n\":1}", EncryptionChoice.NONE);
    for (int i = 0; i < 300; i++) {
      a.replica().update("User", docId, "{\"name\":\"x" + i + "\",\"n\":1}");
    }
    a.pushAll(b, "User");
    assertThat(b.replica().state()).isEqualTo(a.replica().state());
    assertThat(b.replica().heads()).isEqualTo(a.replica().heads());
    assertThat(b.receiver().wants()).isEmpty();
    StoreAudit.run(b.replica().store(), b.replica().database());
  }

  @Test
  void givenConcurrentEdits_whenPushedBothWays_thenBothAreEqual() {
    var a = node("a", BRANCHABLE);
    var b = node("b", BRANCHABLE);
    a.connect(b);
    DocId docId = a.replica().create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    a.pushAll(b, "User");
    a.replica().update("User", docId, "{\"name\":\"from a\"}");
    b.replica().update("User", docId, "{\"name\":\"from b\"}");
    a.pushAll(b, "User");
    b.pushAll(a, "User");
    assertThat(b.replica().state()).isEqualTo(a.replica().state());
    assertThat(b.replica().heads()).isEqualTo(a.replica().heads());
  }

  @Test
  void givenAnUnknownCollection_whenPushed_thenItIsRefusedWithItsText() {
    var a = node("a", SDL);
    var b = node("b", "type Other { x: Int }");
    a.connect(b);
    a.replica().create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    Cid tip = a.replica().tips().keySet().iterator().next();
    Throwable failure = failure(a.push(tip, b, a.replica().collectionId("User")));
    assertThat(failure).hasMessageContaining("collection not found");
  }

  /** The sender is gone before its blocks were fetched: the want stays until they can be had. */
  @Test
  void givenBlocksThatCannotBeHad_whenTheSenderComesBack_thenTheStoredWantIsMet() {
    var a = node("a", SDL);
    var b = node("b", SDL);
    a.connect(b);
    a.replica().create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    Cid tip = a.replica().tips().keySet().iterator().next();
    var log =
        new PushLog(
            null, tip, b.replica().collectionId("User"), a.host().id(), a.replica().raw(tip));
    b.host().disconnect(a.host().id());
    a.host().close();
    Throwable failure = failure(b.receiver().receive(log, a.host().id()));
    assertThat(((DefraException) failure).code()).isEqualTo(ErrorCode.BLOCK_NOT_FOUND);
    assertThat(b.receiver().wants()).hasSize(1);

    var other = node("other", SDL);
    other.replica().create("User", "{\"name\":\"x\"}", EncryptionChoice.NONE);
    b.connect(other);
    b.receiver().retryWants();
    boolean isMet =
        hosts
            .network()
            .schedule()
            .runUntil(() -> b.receiver().wants().isEmpty(), Duration.ofMinutes(1));
    assertThat(isMet).isTrue();
    assertThat(b.replica().state()).isEqualTo(a.replica().state());
  }

  /** What nothing links is not kept, whoever sends it; the history comes block by block. */
  @Test
  void givenAPeerThatAnswersWithOtherBlocks_whenAHistoryIsPushed_thenOnlyTheHistoryIsStored() {
    var a = node("a", SDL);
    var b = node("b", SDL);
    Bytes other = Bytes.hex("a16161f6");
    Bytes message = Bytes.hex("0504a16161f6"); // five bytes: a block of four
    a.host()
        .handle(
            List.of(SubDags.PROTOCOL),
            stream -> {
              stream.write(message);
              stream.closeWrite();
            });
    a.connect(b);
    DocId docId = a.replica().create("User", "{\"name\":\"x\",\"n\":1}", EncryptionChoice.NONE);
    for (int i = 0; i < 20; i++) {
      a.replica().update("User", docId, "{\"n\":1}");
    }
    a.pushAll(b, "User");
    assertThat(b.isEqualTo(a)).isTrue();
    assertThat(b.replica().raw(BlockCodec.cid(other.unsafeArray()))).isNull();
    StoreAudit.run(b.replica().store(), b.replica().database());
  }

  @Test
  void givenAMessageInAnothersName_whenHeard_thenItIsRefused() {
    var a = node("a", SDL);
    var b = node("b", SDL);
    a.connect(b);
    a.replica().create("User", "{\"name\":\"x\",\"n\":1}", EncryptionChoice.NONE);
    Cid tip = a.replica().tips().keySet().iterator().next();
    var told =
        new PushLog(
            null, tip, b.replica().collectionId("User"), b.host().id(), a.replica().raw(tip));
    Throwable failure = failure(b.receiver().heard(told.encode(), a.host().id(), a.host().id()));
    assertThat(((DefraException) failure).code()).isEqualTo(ErrorCode.PEER_FAULT);
    assertThat(b.replica().tips()).isEmpty();
  }

  private Throwable failure(CompletionStage<Void> stage) {
    try {
      hosts.await(stage);
    } catch (CompletionException e) {
      return e.getCause();
    }
    throw new AssertionError("it did not fail");
  }
}
