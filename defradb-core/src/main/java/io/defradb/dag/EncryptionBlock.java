package io.defradb.dag;

import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The key of encrypted deltas: {@code {key, docID, fieldName?}}. Kept apart from other blocks and
 * never sent with a DAG.
 *
 * @param docId empty for a collection's blocks
 * @param fieldName {@code null} for the document's key
 */
public record EncryptionBlock(DocId docId, @Nullable String fieldName, Bytes key) {

  public byte[] encode() {
    var out = new CborWriter(128);
    out.mapHeader(fieldName == null ? 2 : 3)
        .text("key")
        .bytes(key)
        .text("docID")
        .bytesOf(docId.text());
    if (fieldName != null) {
      out.text("fieldName").text(fieldName);
    }
    return out.toBytes();
  }

  /** Throws {@code INVALID_CBOR} for anything but the canonical bytes. */
  public static EncryptionBlock decode(byte[] bytes) {
    var in = new CborReader(bytes, 0, bytes.length);
    var fields = new BlockCodec.Fields(in);
    Bytes key = null;
    String docId = null;
    String fieldName = null;
    while (fields.hasNext()) {
      String name = fields.next();
      switch (name) {
        case "key" -> key = in.bytes();
        case "docID" -> docId = in.bytes().toUtf8();
        case "fieldName" -> fieldName = in.text();
        default -> throw BlockCodec.unknown(name);
      }
    }
    var block =
        new EncryptionBlock(
            new DocId(BlockCodec.required(docId, "docID")),
            fieldName,
            BlockCodec.required(key, "key"));
    if (!Arrays.equals(block.encode(), bytes)) {
      throw new DefraException(ErrorCode.INVALID_CBOR, "invalid block: not in canonical form");
    }
    return block;
  }
}
