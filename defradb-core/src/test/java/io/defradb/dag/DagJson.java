package io.defradb.dag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.Delta;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Blocks as DAG-JSON, to be compared with the vectors. */
final class DagJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DagJson() {}

  static JsonNode of(SignatureBlock block) {
    ObjectNode header = JSON.objectNode().put("type", block.type());
    header.set("identity", bytes(block.identity()));
    ObjectNode json = JSON.objectNode();
    json.set("header", header);
    json.set("value", bytes(block.value()));
    return json;
  }

  static JsonNode of(EncryptionBlock block) {
    ObjectNode json = JSON.objectNode();
    json.set("docID", bytes(Bytes.utf8(block.docId().text())));
    json.set("key", bytes(block.key()));
    if (block.fieldName() != null) {
      json.put("fieldName", block.fieldName());
    }
    return json;
  }

  static JsonNode of(Block block) {
    ObjectNode json = JSON.objectNode();
    json.set("delta", of(block.delta()));
    if (!block.heads().isEmpty()) {
      ArrayNode heads = json.putArray("heads");
      block.heads().forEach(head -> heads.add(link(head)));
    }
    if (!block.links().isEmpty()) {
      ArrayNode links = json.putArray("links");
      block
          .links()
          .forEach(
              link -> links.addObject().put("name", link.name()).set("link", link(link.cid())));
    }
    setLink(json, "encryption", block.encryption());
    setLink(json, "signature", block.signature());
    return json;
  }

  private static JsonNode of(Delta delta) {
    ObjectNode json = JSON.objectNode().put("schemaVersionID", delta.schemaVersionId());
    json.set("priority", number(delta.priority()));
    String union;
    if (delta instanceof Delta.Lww lww) {
      union = "lww";
      json.put("fieldName", lww.fieldName()).set("data", bytes(lww.data()));
      json.set("docID", bytes(Bytes.utf8(lww.docId().text())));
    } else if (delta instanceof Delta.Counter counter) {
      union = "counter";
      json.put("fieldName", counter.fieldName()).set("data", bytes(counter.data()));
      json.set("docID", bytes(Bytes.utf8(counter.docId().text())));
      json.set("nonce", number(counter.nonce()));
    } else if (delta instanceof Delta.Composite composite) {
      union = "composite";
      json.set("docID", bytes(Bytes.utf8(composite.docId().text())));
      json.set("status", number(composite.status()));
    } else {
      union = "collection";
    }
    return JSON.objectNode().set(union, json);
  }

  private static void setLink(ObjectNode json, String name, @Nullable Cid cid) {
    if (cid != null) {
      json.set(name, link(cid));
    }
  }

  private static JsonNode link(Cid cid) {
    return JSON.objectNode().put("/", cid.toString());
  }

  private static JsonNode bytes(Bytes bytes) {
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes.toArray());
    return JSON.objectNode().set("/", JSON.objectNode().put("bytes", text));
  }

  private static JsonNode number(long number) {
    return JSON.numberNode(new BigInteger(Long.toUnsignedString(number)));
  }
}
