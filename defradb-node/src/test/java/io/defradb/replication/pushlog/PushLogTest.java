package io.defradb.replication.pushlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import org.junit.jupiter.api.Test;

class PushLogTest {
  private static final JsonNode GOLDEN = Vectors.file("net/defra_messages");

  private static PushLog log(JsonNode golden) {
    String docId = golden.get("DocID").asText();
    return new PushLog(
        docId.isEmpty() ? null : new DocId(docId),
        Cid.fromBytes(Bytes.hex(golden.get("CID").asText()).toArray()),
        golden.get("CollectionID").asText(),
        PeerId.parse(golden.get("Creator").asText()),
        Bytes.hex(golden.get("Block").asText()));
  }

  @Test
  void givenTheReferencesMessages_whenEncodedAndDecoded_thenTheBytesAreEqual() {
    for (String name : new String[] {"push_log_request", "push_log_request_collection_commit"}) {
      JsonNode golden = GOLDEN.get(name);
      PushLog log = log(golden);
      assertThat(log.encode().toHex()).isEqualTo(golden.get("cbor").asText());
      assertThat(PushLog.decode(Bytes.hex(golden.get("cbor").asText()))).isEqualTo(log);
    }
  }

  @Test
  void givenABlockOfAnotherCid_whenDecoded_thenItIsRefused() {
    String changed =
        GOLDEN.get("push_log_request").get("cbor").asText().replace("44a1616101", "44a1616102");
    assertThatThrownBy(() -> PushLog.decode(Bytes.hex(changed)))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("not its CID's");
  }
}
