package io.defradb.replication.keyexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.dag.BlockCodec;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborWriter;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyMessagesTest {
  private static final JsonNode VECTOR = Vectors.file("net/key_exchange");
  private static final int NONCE_BYTES = 12;

  private static Bytes bytes(String name) {
    return Bytes.hex(VECTOR.get(name).asText());
  }

  private static PeerId responder() {
    return PeerId.parse(VECTOR.get("responder_peer_id").asText());
  }

  @Test
  void givenTheReferencesRequest_whenReadAndWritten_thenItIsTheSame() {
    KeyRequest request = KeyRequest.decode(bytes("fetch_request_cbor"));

    assertThat(request.did()).isEqualTo(VECTOR.get("requester_did").asText());
    assertThat(request.links())
        .containsExactly(Cid.fromText(VECTOR.get("encryption_block_cid").asText()));
    assertThat(request.publicKey()).isEqualTo(bytes("requester_x25519_public"));
    assertThat(request.encode()).isEqualTo(bytes("fetch_request_cbor"));
  }

  @Test
  void givenTheReferencesReplies_whenReadAndWritten_thenTheyAreTheSame() {
    KeyReply reply = KeyReply.decode(bytes("fetch_reply_cbor"));

    assertThat(reply.links()).containsExactly(bytes("encryption_block_cid_bytes"));
    assertThat(reply.blocks()).containsExactly(bytes("sealed"));
    assertThat(reply.publicKey()).isEqualTo(bytes("responder_x25519_public"));
    assertThat(reply.encode()).isEqualTo(bytes("fetch_reply_cbor"));
    assertThat(KeyReply.decode(bytes("fetch_reply_empty_cbor"))).isEqualTo(KeyReply.NOTHING);
    assertThat(KeyReply.NOTHING.encode()).isEqualTo(bytes("fetch_reply_empty_cbor"));
  }

  @Test
  void givenTheReferencesKeys_whenABlockIsSealedAndOpened_thenBytesAndBlockAreTheSame() {
    Bytes block = bytes("encryption_block");
    byte[] nonce = bytes("sealed").slice(0, NONCE_BYTES).toArray();

    KeySeal answerer =
        KeySeal.ofAnswerer(
            bytes("responder_x25519_private").toArray(),
            bytes("requester_x25519_public"),
            responder());
    KeySeal asker =
        KeySeal.ofAsker(
            bytes("requester_x25519_private").toArray(),
            bytes("responder_x25519_public"),
            responder());

    assertThat(answerer.seal(nonce, block)).isEqualTo(bytes("sealed"));
    assertThat(asker.open(bytes("sealed"))).isEqualTo(block);
    assertThat(BlockCodec.cid(block.toArray()))
        .isEqualTo(Cid.fromText(VECTOR.get("encryption_block_cid").asText()));
  }

  @Test
  void givenChangedBytesOrAnotherSender_whenOpened_thenItIsRefused() {
    byte[] key = bytes("requester_x25519_private").toArray();
    PeerId other = PeerId.parse("12D3KooWByikXJE57rYJrEmajSQhkw5cLixYvS4jz7xsXKU2jCZt");
    KeySeal asker = KeySeal.ofAsker(key, bytes("responder_x25519_public"), responder());
    KeySeal deceived = KeySeal.ofAsker(key, bytes("responder_x25519_public"), other);
    Bytes sealed = bytes("sealed");

    for (int i = 0; i < sealed.length(); i++) {
      byte[] changed = sealed.toArray();
      changed[i] ^= 1;
      assertRefused(asker, Bytes.wrap(changed));
      assertRefused(asker, sealed.slice(0, i));
    }
    assertRefused(deceived, sealed);
  }

  private static void assertRefused(KeySeal seal, Bytes sealed) {
    assertThatThrownBy(() -> seal.open(sealed))
        .isInstanceOfSatisfying(
            DefraException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DECRYPTION_FAILED));
  }

  @Test
  void givenTooManyLinksOrNoKey_whenRead_thenItIsRefused() {
    var many = new CborWriter(64).mapHeader(1).text("Links");
    many.arrayHeader(KeyRequest.LINKS_MAX + 1);
    for (int i = 0; i <= KeyRequest.LINKS_MAX; i++) {
      many.bytes(Bytes.EMPTY);
    }
    assertCode(Bytes.wrap(many.toBytes()), ErrorCode.TOO_LARGE);
    Bytes keyless = new KeyRequest("", List.of(), Bytes.hex("00")).encode();
    assertCode(keyless, ErrorCode.INVALID_KEY);
  }

  private static void assertCode(Bytes message, ErrorCode code) {
    assertThatThrownBy(() -> KeyRequest.decode(message))
        .isInstanceOfSatisfying(
            DefraException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
