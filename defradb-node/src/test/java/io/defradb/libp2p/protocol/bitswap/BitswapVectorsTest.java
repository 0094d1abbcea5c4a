package io.defradb.libp2p.protocol.bitswap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of the reference, both ways. */
class BitswapVectorsTest {
  private static final JsonNode VECTORS = Vectors.file("net/bitswap");
  private static final Cid CID = Cid.fromText(VECTORS.get("cid").asText());
  private static final Cid OTHER = Cid.fromText(VECTORS.get("other_cid").asText());
  private static final Bytes DATA = Bytes.hex(VECTORS.get("block").asText());

  private static final List<BitswapMessage> MESSAGES =
      List.of(
          wants(new Want(CID, Integer.MAX_VALUE, Want.Kind.HAVE, false)),
          wants(new Want(CID, Integer.MAX_VALUE - 1, Want.Kind.BLOCK, true)),
          BitswapMessage.ofWants(List.of(new Want(OTHER, 1, Want.Kind.BLOCK, true)), true),
          wants(Want.cancel(CID)),
          BitswapMessage.ofAnswers(List.of(new Block(CID, DATA)), List.of()),
          BitswapMessage.ofAnswers(List.of(), List.of(new Presence(CID, true))),
          new BitswapMessage(
              List.of(), false, List.of(), List.of(new Presence(OTHER, false)), 4096));

  private static BitswapMessage wants(Want want) {
    return BitswapMessage.ofWants(List.of(want), false);
  }

  @Test
  void givenTheReferencesMessages_whenWritten_thenTheBytesAreTheSame() {
    for (int i = 0; i < MESSAGES.size(); i++) {
      JsonNode vector = VECTORS.get("messages").get(i);
      Bytes framed = MessageReader.frame(MESSAGES.get(i).encode(BitswapVersion.V1_2));
      assertThat(framed.toHex())
          .as(vector.get("name").asText())
          .isEqualTo(vector.get("delimited").asText());
    }
    assertThat(VECTORS.get("messages")).hasSize(MESSAGES.size());
  }

  @Test
  void givenTheReferencesMessages_whenRead_thenTheyMeanTheSame() {
    for (int i = 0; i < MESSAGES.size(); i++) {
      JsonNode vector = VECTORS.get("messages").get(i);
      Bytes framed = Bytes.hex(vector.get("delimited").asText());
      assertThat(BitswapMessage.decode(framed.slice(1, framed.length())))
          .as(vector.get("name").asText())
          .isEqualTo(MESSAGES.get(i));
    }
  }

  @Test
  void givenAnOlderPeer_whenWritten_thenNothingIsSentThatItDoesNotKnow() {
    BitswapMessage message =
        new BitswapMessage(
            List.of(new Want(CID, 7, Want.Kind.HAVE, true)),
            false,
            List.of(new Block(CID, DATA)),
            List.of(new Presence(OTHER, false)),
            0);

    BitswapMessage read = BitswapMessage.decode(message.encode(BitswapVersion.V1_0));

    assertThat(read.wants()).containsExactly(new Want(CID, 7, Want.Kind.BLOCK, false));
    assertThat(read.presences()).isEmpty();
    assertThat(read.blocks())
        .containsExactly(new Block(new Cid(Cid.VERSION_0, CID.digest()), DATA));
  }
}
