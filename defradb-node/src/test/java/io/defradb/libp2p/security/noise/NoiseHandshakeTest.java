package io.defradb.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseHandshakeTest {
  private final JsonNode vector = Vectors.file("net/noise_handshake");
  private final NoiseHandshake initiator = side("initiator", true);
  private final NoiseHandshake responder = side("responder", false);

  private static byte[] hex(JsonNode node, String name) {
    return Bytes.hex(node.get(name).asText()).toArray();
  }

  private NoiseHandshake side(String name, boolean isInitiator) {
    JsonNode keys = vector.get(name);
    return new NoiseHandshake(
        isInitiator,
        NoiseHandshake.KeyPair.of(hex(keys.get("static"), "private")),
        NoiseHandshake.KeyPair.of(hex(keys.get("ephemeral"), "private")));
  }

  private byte[] message(int index) {
    byte[] framed = hex(vector.get("messages").get(index), "framed");
    return Bytes.wrap(framed).slice(2, framed.length).toArray();
  }

  private void shakeHands() {
    assertThat(initiator.write(new byte[0])).isEqualTo(message(0));
    responder.read(message(0));
    assertThat(responder.write(hex(vector.get("responder"), "payload"))).isEqualTo(message(1));
    assertThat(initiator.read(message(1))).isEqualTo(hex(vector.get("responder"), "payload"));
    assertThat(initiator.write(hex(vector.get("initiator"), "payload"))).isEqualTo(message(2));
    assertThat(responder.read(message(2))).isEqualTo(hex(vector.get("initiator"), "payload"));
  }

  @Test
  void givenTheKeysOfTheReference_whenBothSidesTalk_thenEveryMessageIsTheSame() {
    shakeHands();
    assertThat(initiator.hash()).isEqualTo(hex(vector, "handshake_hash"));
    assertThat(responder.hash()).isEqualTo(initiator.hash());
    assertThat(responder.remoteStatic())
        .isEqualTo(hex(vector.get("initiator").get("static"), "public"));

    for (JsonNode sent : vector.get("transport")) {
      boolean isInitiators = sent.get("from").asText().equals("initiator");
      byte[] plain = Bytes.utf8(sent.get("plaintext").asText()).toArray();
      byte[] sealed = new byte[plain.length + 16];
      (isInitiators ? initiator : responder)
          .sending()
          .seal(CipherState.NO_DATA, plain, 0, plain.length, sealed, 0);
      byte[] framed = hex(sent, "framed");
      assertThat(sealed).isEqualTo(Bytes.wrap(framed).slice(2, framed.length).toArray());
      byte[] opened = new byte[plain.length];
      (isInitiators ? responder : initiator)
          .receiving()
          .open(CipherState.NO_DATA, sealed, 0, sealed.length, opened, 0);
      assertThat(opened).isEqualTo(plain);
    }
  }

  @Test
  void givenTheIdentityOfTheReference_whenSigned_thenThePayloadIsTheSame() {
    JsonNode payload = Vectors.file("net/noise_payload");
    PrivateKey identity = PrivateKey.of(KeyType.ED25519, hex(payload, "identity_seed"));
    byte[] staticKey = hex(payload, "noise_static_public");
    assertThat(NoisePayload.of(identity, staticKey, List.of("/yamux/1.0.0")).encode().toHex())
        .isEqualTo(payload.get("payload_with_muxers").asText());
    NoisePayload plain = NoisePayload.of(identity, staticKey, List.of());
    assertThat(plain.encode().toHex())
        .isEqualTo(payload.get("payload_without_extensions").asText());
    assertThat(NoisePayload.decode(plain.encode()).verifiedPeer(staticKey))
        .isEqualTo(PeerId.of(identity.publicKey()));
    byte[] otherKey = staticKey.clone();
    otherKey[3] ^= 1;
    assertThatThrownBy(() -> plain.verifiedPeer(otherKey)).isInstanceOf(DefraException.class);
  }

  @Test
  void givenAChangedByteInAnyMessage_whenRead_thenTheHandshakeFails() {
    var random = new Random(8);
    for (int i = 0; i < 200; i++) {
      NoiseHandshake fresh = side("initiator", true);
      fresh.write(new byte[0]);
      byte[] changed = message(1);
      changed[32 + random.nextInt(changed.length - 32)] ^= (byte) (1 + random.nextInt(255));
      assertThatThrownBy(() -> fresh.read(changed)).isInstanceOf(DefraException.class);
    }
  }

  @Test
  void givenMessagesOfAnyLength_whenRead_thenNothingButARefusalIsThrown() {
    var random = new Random(9);
    for (int i = 0; i < 2_000; i++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      NoiseHandshake asked = side("responder", false);
      try {
        asked.read(garbage);
        asked.write(new byte[10]);
        asked.read(garbage);
        throw new AssertionError("garbage passed");
      } catch (DefraException refused) {
        assertThat(refused.code()).isNotNull();
      }
    }
  }
}
