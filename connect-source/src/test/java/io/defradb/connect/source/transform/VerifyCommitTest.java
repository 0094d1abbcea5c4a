package io.defradb.connect.source.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.crdt.Delta;
import io.defradb.crypto.KeyType;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.dag.SignatureBlock;
import io.defradb.document.DocId;
import io.defradb.identity.Identity;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyCommitTest {
  private static final DocId DOCUMENT = new DocId("bae-1");
  private static final Identity ANN = Identity.generate(KeyType.ED25519, new Random(1));
  private static final Identity BOB = Identity.generate(KeyType.SECP256K1, new Random(2));

  /** A block as it is stored, with what signs it. */
  private record Signed(byte[] bytes, byte[] signature) {
    Cid cid() {
      return Cid.of(Cid.DAG_CBOR, bytes);
    }
  }

  private enum Forgery {
    BLOCK,
    FIELD_BLOCK,
    FIELD_LEFT_OUT,
    FIELD_ADDED,
    OTHER_DOCUMENT,
    OTHER_HEADS,
    OTHER_HEIGHT,
    OTHER_SIGNER,
    SIGNATURE_LEFT_OUT,
    SIGNATURE_OF_ANOTHER
  }

  @Test
  void givenACommitAsItWasMade_whenVerified_thenAHeaderSaysSo() {
    SourceRecord verified = apply(commit(ANN), Map.of());
    assertThat(verified.headers().lastWithName(VerifyCommit.VERIFIED).value()).isEqualTo(true);
    assertThat(apply(commit(BOB), Map.of())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void givenAForgedCommit_whenVerified_thenItIsRefused(Forgery forgery) {
    Map<String, Object> commit = commit(ANN);
    forge(commit, forgery);
    assertThatThrownBy(() -> apply(commit, Map.of())).isInstanceOf(DataException.class);
    assertThat(apply(commit, Map.of("failure.handling.mode", "skip"))).isNull();
    SourceRecord marked = apply(commit, Map.of("failure.handling.mode", "mark"));
    assertThat(marked.headers().lastWithName(VerifyCommit.VERIFIED).value()).isEqualTo(false);
    assertThat(marked.headers().lastWithName(VerifyCommit.FAULT).value())
        .isInstanceOf(String.class);
  }

  @Test
  void givenAnUnsignedCommit_whenNoSignatureIsRequired_thenItsBytesAreEnough() {
    Map<String, Object> unsigned = commit(null);
    assertThatThrownBy(() -> apply(unsigned, Map.of())).hasMessageContaining("not signed");
    assertThat(apply(unsigned, Map.of("signature.required", "false"))).isNotNull();
  }

  @Test
  void givenTrustedSigners_whenAnotherSigned_thenItIsRefused() {
    assertThat(apply(commit(ANN), Map.of("trusted.signers", ANN.did()))).isNotNull();
    assertThatThrownBy(() -> apply(commit(BOB), Map.of("trusted.signers", ANN.did())))
        .hasMessageContaining("not trusted");
  }

  @SuppressWarnings("unchecked")
  private static void forge(Map<String, Object> commit, Forgery forgery) {
    var fields = (List<Map<String, Object>>) commit.get("fields");
    switch (forgery) {
      case BLOCK -> commit.put("block", base64(block(DOCUMENT, 9, List.of(), ANN).bytes));
      case FIELD_BLOCK -> fields.get(0).put("block", base64(field("age", 42, ANN).bytes));
      case FIELD_LEFT_OUT -> commit.put("fields", List.of());
      case FIELD_ADDED ->
          commit.put("fields", List.of(fields.get(0), shown("age", field("age", 1, ANN))));
      case OTHER_DOCUMENT -> commit.put("docID", "bae-2");
      case OTHER_HEADS -> commit.put("heads", List.of(commit.get("cid")));
      case OTHER_HEIGHT -> commit.put("height", 2L);
      case OTHER_SIGNER -> commit.put("signer", BOB.did());
      case SIGNATURE_LEFT_OUT -> commit.remove("signature");
      case SIGNATURE_OF_ANOTHER ->
          commit.put("signature", base64(block(DOCUMENT, 1, List.of(), BOB).signature));
    }
  }

  private static SourceRecord apply(Map<String, Object> commit, Map<String, String> settings) {
    try (var transform = new VerifyCommit<SourceRecord>()) {
      transform.configure(settings);
      return transform.apply(
          new SourceRecord(Map.of(), Map.of(), "t", null, null, "k", null, commit));
    }
  }

  /** As JSON without a schema has it: bytes in base64. */
  private static Map<String, Object> commit(Identity signer) {
    Signed name = field("name", 7, signer);
    Signed composite = block(DOCUMENT, 1, List.of(new DagLink("name", name.cid())), signer);
    Map<String, Object> commit = new HashMap<>();
    commit.put("cid", composite.cid().toString());
    commit.put("docID", DOCUMENT.text());
    commit.put("heads", List.of());
    commit.put("height", 1L);
    commit.put("block", base64(composite.bytes));
    commit.put("fields", List.of(shown("name", name)));
    if (signer != null) {
      commit.put("signature", base64(composite.signature));
      commit.put("signer", signer.did());
    }
    return commit;
  }

  private static Map<String, Object> shown(String name, Signed field) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("name", name);
    shown.put("cid", field.cid().toString());
    shown.put("block", base64(field.bytes));
    shown.put("signature", field.signature == null ? null : base64(field.signature));
    return shown;
  }

  private static Signed block(DocId document, long height, List<DagLink> links, Identity signer) {
    var delta = new Delta.Composite(document, height, "v1", Delta.Composite.ACTIVE);
    return sign(new Block(delta, List.of(), links, null, null), signer);
  }

  private static Signed field(String name, int value, Identity signer) {
    var delta = new Delta.Lww(DOCUMENT, name, 1, "v1", Bytes.wrap(new byte[] {(byte) value}));
    return sign(new Block(delta, List.of(), List.of(), null, null), signer);
  }

  private static Signed sign(Block block, Identity signer) {
    byte[] unsigned = BlockCodec.encode(block);
    if (signer == null) {
      return new Signed(unsigned, null);
    }
    var key = signer.privateKey();
    byte[] signature =
        new SignatureBlock(
                key.type().algorithm(),
                Bytes.utf8(key.publicKey().text()),
                Bytes.wrap(key.sign(unsigned)))
            .encode();
    Cid cid = Cid.of(Cid.DAG_CBOR, signature);
    return new Signed(BlockCodec.withSignature(block, unsigned, cid), signature);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
