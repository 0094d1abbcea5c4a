package io.defradb.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import org.junit.jupiter.api.Test;

class BlockVectorsTest {
  @Test
  void givenRecordedBlocks_whenDecodedAndEncoded_thenEveryByteIsTheSame() {
    for (JsonNode golden : Vectors.cases("blocks")) {
      for (JsonNode block : golden.get("blocks")) {
        Bytes raw = Bytes.hex(block.get("raw").asText());
        byte[] again =
            switch (block.get("kind").asText()) {
              case "signature" -> SignatureBlock.decode(raw.toArray()).encode();
              case "encryption" -> EncryptionBlock.decode(raw.toArray()).encode();
              default ->
                  BlockCodec.encode(
                      BlockCodec.decode(Cid.fromText(block.get("cid").asText()), raw.toArray()));
            };
        assertThat(Bytes.wrap(again)).as(golden.get("name").asText()).isEqualTo(raw);
      }
    }
  }

  @Test
  void givenRecordedBlocks_whenDecoded_thenTheyHoldWhatTheReferenceSaw() {
    for (JsonNode golden : Vectors.cases("blocks")) {
      for (JsonNode block : golden.get("blocks")) {
        byte[] raw = Bytes.hex(block.get("raw").asText()).toArray();
        JsonNode content =
            switch (block.get("kind").asText()) {
              case "signature" -> DagJson.of(SignatureBlock.decode(raw));
              case "encryption" -> DagJson.of(EncryptionBlock.decode(raw));
              default -> DagJson.of(BlockCodec.decode(raw));
            };
        assertThat(content).as(golden.get("name").asText()).isEqualTo(block.get("decoded"));
      }
    }
  }

  @Test
  void givenOddBlocks_whenDecoded_thenOnlyThoseThatKeepTheirBytesAreAccepted() {
    for (JsonNode golden : Vectors.cases("block_decoding")) {
      Bytes raw = Bytes.hex(golden.get("raw").asText());
      String name = golden.get("name").asText();
      boolean isKept =
          golden.get("accepted").asBoolean()
              && golden.get("reencoded").asText().equals(raw.toHex());
      if (isKept) {
        assertThat(BlockCodec.encode(BlockCodec.decode(raw.toArray())))
            .as(name)
            .isEqualTo(raw.toArray());
      } else {
        assertThatThrownBy(() -> BlockCodec.decode(raw.toArray()))
            .as(name)
            .isInstanceOf(DefraException.class);
      }
    }
  }

  @Test
  void givenABlockUnderAnotherCid_whenDecoded_thenItIsRefused() {
    JsonNode block = Vectors.cases("blocks").get(0).get("blocks").get(0);
    byte[] raw = Bytes.hex(block.get("raw").asText()).toArray();
    assertThatThrownBy(() -> BlockCodec.decode(Cid.of(Cid.DAG_CBOR, new byte[] {1}), raw))
        .hasMessageContaining("CID");
  }
}
