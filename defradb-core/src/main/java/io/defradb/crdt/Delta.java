package io.defradb.crdt;

import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;

/**
 * One change to one CRDT, the payload of a block; on the wire the keyed IPLD union {@code CRDT}.
 */
public sealed interface Delta permits Delta.Lww, Delta.Counter, Delta.Composite, Delta.Collection {

  /**
   * Height in the Merkle clock: 1 + the greatest priority among the block's heads, 1 without heads.
   * Unsigned.
   */
  long priority();

  /** The collection version that was active on the node that wrote it. */
  String schemaVersionId();

  /**
   * Sets one register. {@code data}: the field's value in CBOR, or its cipher text; CBOR null
   * clears the field.
   */
  record Lww(DocId docId, String fieldName, long priority, String schemaVersionId, Bytes data)
      implements Delta {}

  /**
   * Adds to one counter. {@code nonce} tells equal increments apart: 0 in the create of a document,
   * else random.
   */
  record Counter(
      DocId docId, String fieldName, long priority, long nonce, String schemaVersionId, Bytes data)
      implements Delta {}

  /**
   * Creates, touches or deletes a document. {@code status}: 1 active, above 1 deleted. Unsigned.
   */
  record Composite(DocId docId, long priority, String schemaVersionId, long status)
      implements Delta {
    public static final long ACTIVE = 1;
    public static final long DELETED = 2;

    public boolean isDelete() {
      return status != ACTIVE && status != 0;
    }
  }

  /** One step in the history of a branchable collection. */
  record Collection(long priority, String schemaVersionId) implements Delta {}
}
