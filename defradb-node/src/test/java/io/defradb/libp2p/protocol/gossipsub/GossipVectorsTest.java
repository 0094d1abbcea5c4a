package io.defradb.libp2p.protocol.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of the reference, both ways. */
class GossipVectorsTest {
  private static final JsonNode VECTORS = Vectors.file("net/pubsub");
  private static final String TOPIC = VECTORS.get("topic").asText();

  private static Bytes hex(String name) {
    return Bytes.hex(VECTORS.get(name).asText());
  }

  @Test
  void givenTheSameKeyAndNumber_whenSigned_thenTheMessageIsTheReferences() {
    PrivateKey key = PrivateKey.of(KeyType.ED25519, hex("seed").toArray());
    long seqno = Long.parseUnsignedLong(VECTORS.get("seqno").asText(), 16);

    SignedMessage message = new MessageSigner(key, seqno).sign(TOPIC, hex("data"));

    assertThat(message.wire()).isEqualTo(hex("message"));
    assertThat(message.signature()).isEqualTo(hex("signature"));
    assertThat(message.id()).isEqualTo(hex("message_id"));
    assertThat(
            Bytes.wrap(
                SignedMessage.signedBytes(
                    message.from(), message.data(), message.seqno(), message.topic())))
        .isEqualTo(hex("signed_bytes"));
  }

  @Test
  void givenTheReferencesMessage_whenVerified_thenItIsGenuine() {
    SignedMessage message = SignedMessage.decode(hex("message"));

    assertThat(message.isGenuine()).isTrue();
    assertThat(message.data()).isEqualTo(hex("data"));
    assertThat(message.from()).isEqualTo(hex("from"));
  }

  @Test
  void givenAnyBitOfAMessageTurned_whenVerified_thenItIsNotGenuine() {
    byte[] wire = hex("message").toArray();
    int signatureFrom = wire.length - 66;
    for (int at = 2; at < wire.length; at++) {
      byte[] turned = wire.clone();
      turned[at] ^= 1;
      boolean isLengthOrTag = isTagOrLength(at, signatureFrom);
      if (!isLengthOrTag) {
        assertThat(SignedMessage.decode(Bytes.wrap(turned)).isGenuine())
            .as("byte %d", at)
            .isFalse();
      }
    }
  }

  /** 2 + from 38, 2 + data 12, 2 + seqno 8, 2 + topic 59, 2 + signature 64. */
  private static boolean isTagOrLength(int at, int signatureFrom) {
    int data = 2 + hex("from").length();
    int seqno = data + 2 + hex("data").length();
    int topic = seqno + 2 + 8;
    return List.of(data, data + 1, seqno, seqno + 1, topic, topic + 1).contains(at)
        || at == signatureFrom
        || at == signatureFrom + 1;
  }

  @Test
  void givenTheReferencesFrames_whenReadAndWritten_thenTheBytesAreTheSame() {
    for (String name :
        List.of(
            "rpc_publish",
            "rpc_hello",
            "rpc_unsubscribe",
            "rpc_graft",
            "rpc_prune_px",
            "rpc_ihave",
            "rpc_iwant",
            "rpc_idontwant")) {
      assertThat(Rpc.decode(hex(name)).encode()).as(name).isEqualTo(hex(name));
    }
  }

  @Test
  void givenTheReferencesControl_whenRead_thenItMeansWhatItSays() {
    assertThat(Rpc.decode(hex("rpc_hello")).subscriptions())
        .extracting(SubscriptionChange::topic, SubscriptionChange::isJoined)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("doc-sync", true),
            org.assertj.core.groups.Tuple.tuple(VECTORS.get("hello_topics").get(1).asText(), true));
    assertThat(Rpc.decode(hex("rpc_graft")).control().grafts()).containsExactly(TOPIC);
    Prune prune = Rpc.decode(hex("rpc_prune_px")).control().prunes().get(0);
    assertThat(prune.backoffSeconds()).isEqualTo(VECTORS.get("prune_backoff").asLong());
    assertThat(prune.peers()).hasSize(1);
    assertThat(Rpc.decode(hex("rpc_ihave")).control().ihave())
        .containsExactly(new TopicIds(TOPIC, List.of(hex("message_id"))));
    assertThat(Rpc.decode(hex("rpc_iwant")).control().iwant()).containsExactly(hex("message_id"));
    assertThat(Rpc.decode(hex("rpc_idontwant")).control().idontwant())
        .containsExactly(hex("message_id"));
  }
}
