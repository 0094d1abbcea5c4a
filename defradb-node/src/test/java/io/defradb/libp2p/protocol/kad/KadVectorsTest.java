package io.defradb.libp2p.protocol.kad;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import org.junit.jupiter.api.Test;

/** The bytes of the reference, both ways. */
class KadVectorsTest {
  private static final JsonNode VECTORS = Vectors.file("net/kad");

  @Test
  void givenTheReferencesMessages_whenReadAndWritten_thenTheBytesAreTheSame() {
    for (JsonNode vector : VECTORS.get("messages")) {
      KadMessage message = KadMessage.decode(Bytes.hex(vector.get("message").asText()));
      assertThat(message.encode().toHex())
          .as(vector.get("name").asText())
          .isEqualTo(vector.get("message").asText());
    }
  }

  @Test
  void givenARequestForAPeer_whenWritten_thenItIsTheReferences() {
    PeerId peerB = PeerId.parse(VECTORS.get("peer_B").asText());
    Bytes request = KadMessage.request(KadMessage.Type.FIND_NODE, peerB.bytes()).encode();
    assertThat(request.toHex()).isEqualTo(VECTORS.get("messages").get(0).get("message").asText());
  }

  @Test
  void givenAPeer_whenPlaced_thenItsKeyIsTheReferences() {
    PeerId peerB = PeerId.parse(VECTORS.get("peer_B").asText());
    assertThat(KadKey.of(peerB).hash().toHex())
        .isEqualTo(VECTORS.get("kad_id_of_peer_B_sha256").asText());
  }
}
