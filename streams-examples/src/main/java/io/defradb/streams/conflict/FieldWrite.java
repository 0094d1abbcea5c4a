package io.defradb.streams.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.multiformats.Bytes;
import java.util.Base64;

/**
 * A value that somebody gave to a register.
 *
 * @param cid of the field block; of the composite where the register is the document's status
 * @param commit CID of the composite that links it
 * @param author the DID that signed; else the peer that sent it, else {@code local}
 * @param height in the register's own chain of blocks, unsigned
 * @param data CBOR, or its cipher text
 */
record FieldWrite(
    String cid, String commit, String author, long height, Bytes data, boolean isEncrypted) {

  JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("cid", cid);
    json.put("commit", commit);
    json.put("author", author);
    json.put("height", height);
    json.put("data", data.unsafeArray());
    json.put("encrypted", isEncrypted);
    return json;
  }

  static FieldWrite parse(JsonNode json) {
    return new FieldWrite(
        json.path("cid").asText(),
        json.path("commit").asText(),
        json.path("author").asText(),
        json.path("height").asLong(),
        Bytes.wrap(Base64.getDecoder().decode(json.path("data").asText())),
        json.path("encrypted").asBoolean());
  }
}
