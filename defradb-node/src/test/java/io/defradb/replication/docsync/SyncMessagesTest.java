package io.defradb.replication.docsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncMessagesTest {
  private static final JsonNode VECTORS = Vectors.file("net/defra_messages");

  @Test
  void givenTheReferencesRequest_whenReadAndWritten_thenItIsTheSame() {
    JsonNode vector = VECTORS.get("doc_sync_request");
    Bytes bytes = Bytes.hex(vector.get("cbor").asText());

    SyncRequest request = SyncRequest.decode(bytes);

    assertThat(request.docIds())
        .containsExactly(
            new DocId(vector.get("docIDs").get(0).asText()),
            new DocId(vector.get("docIDs").get(1).asText()));
    assertThat(request.encode()).isEqualTo(bytes);
  }

  @Test
  void givenTheReferencesReply_whenReadAndWritten_thenItIsTheSame() {
    JsonNode vector = VECTORS.get("doc_sync_reply");
    Bytes bytes = Bytes.hex(vector.get("cbor").asText());

    SyncReply reply = SyncReply.decode(bytes);

    Cid head = Cid.fromBytes(Bytes.hex(vector.get("heads").get(0).asText()).toArray());
    assertThat(reply.heads())
        .isEqualTo(Map.of(new DocId(vector.get("docID").asText()), List.of(head)));
    assertThat(reply.sender()).isEqualTo(vector.get("sender").asText());
    assertThat(reply.encode()).isEqualTo(bytes);
  }

  @Test
  void givenNothingFound_whenReadAndWritten_thenResultsAreNull() {
    JsonNode vector = VECTORS.get("doc_sync_reply_nothing_found");
    Bytes bytes = Bytes.hex(vector.get("cbor").asText());

    SyncReply reply = SyncReply.decode(bytes);

    assertThat(reply.heads()).isEmpty();
    assertThat(reply.encode()).isEqualTo(bytes);
  }
}
