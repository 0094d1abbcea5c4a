package io.defradb.libp2p.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
  static Stream<JsonNode> vectors() {
    JsonNode all = Vectors.file("net/peerid").get("vectors");
    return StreamSupport.stream(all.spliterator(), false);
  }

  private static Bytes hex(JsonNode vector, String name) {
    return Bytes.hex(vector.get(name).asText());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void givenAKeyOfTheReference_whenNamed_thenIdAndKeyMessagesAreTheSame(JsonNode vector) {
    boolean isSecp = vector.path("key_type").asText().equals("secp256k1");
    KeyType type = isSecp ? KeyType.SECP256K1 : KeyType.ED25519;
    Bytes secret = hex(vector, isSecp ? "private_key_raw" : "seed");
    PrivateKey key = PrivateKey.of(type, secret.unsafeArray());
    assertThat(PeerKeys.encode(key.publicKey())).isEqualTo(hex(vector, "public_key_protobuf"));

    PeerId id = PeerId.of(key.publicKey());
    assertThat(id.bytes()).isEqualTo(hex(vector, "peer_id_bytes"));
    assertThat(id).hasToString(vector.get("peer_id").asText());
    assertThat(PeerId.parse(id.toString())).isEqualTo(id);
    assertThat(id.publicKey()).contains(key.publicKey());
    if (!isSecp) {
      assertThat(PeerKeys.encode(key)).isEqualTo(hex(vector, "private_key_protobuf"));
      assertThat(PeerId.parse(vector.get("peer_id_as_cid").asText())).isEqualTo(id);
      assertThat(Bytes.wrap(key.sign(Bytes.utf8("hello").unsafeArray())))
          .isEqualTo(hex(vector, "signature_over_text_hello"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "12D3KooW", "Qm0", "bafkreigh2akiscaildc", "z", "1"})
  void givenTextThatNamesNobody_whenParsed_thenItIsRefused(String text) {
    assertThatThrownBy(() -> PeerId.parse(text))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("failed to parse peer ID");
  }

  @Test
  void givenAHashedKey_whenNamed_thenTheIdCarriesNoKey() {
    PeerId id = PeerId.ofKeyMessage(Bytes.wrap(new byte[300]));
    assertThat(id.toString()).startsWith("Qm");
    assertThat(id.publicKey()).isEmpty();
    assertThat(PeerId.parse(id.toString())).isEqualTo(id);
  }
}
