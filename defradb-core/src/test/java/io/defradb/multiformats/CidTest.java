package io.defradb.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.testing.Vectors;
import org.junit.jupiter.api.Test;

class CidTest {
  @Test
  void givenRecordedBlocks_whenHashed_thenTheirCidsComeOut() {
    for (JsonNode golden : Vectors.cases("blocks")) {
      for (JsonNode block : golden.get("blocks")) {
        Cid cid = Cid.of(Cid.DAG_CBOR, Bytes.hex(block.get("raw").asText()).unsafeArray());
        assertThat(cid.toString()).isEqualTo(block.get("cid").asText());
        assertThat(Cid.fromText(cid.toString())).isEqualTo(cid);
        assertThat(Cid.fromBytes(cid.toBytes())).isEqualTo(cid);
      }
    }
  }
}
