package io.defradb.db;

import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.List;

/**
 * A document as it is stored, seen through one collection version. Values are decoded when asked
 * for. It stays readable while its transaction is open, also after its cursor moved on. Not safe
 * for use by many threads.
 */
public interface StoredDocument {
  DocId docId();

  boolean isDeleted();

  /** Composite heads of a document as it once was; empty when it is as it is now. */
  default List<Cid> pastHeads() {
    return List.of();
  }

  /** The version that its values were last written at. */
  String schemaVersionId();

  /**
   * The value of the field at {@code index} of {@code CollectionVersion.fields()}; {@code
   * Value.NULL} when unset.
   */
  Value value(int index);

  /** The same in value CBOR; CBOR null when unset. */
  Bytes cbor(int index);

  /**
   * Bytes of memory that keeping it holds, about. Whoever sorts or groups counts with it; the
   * default is that of a document with a few short fields.
   */
  default long sizeBytes() {
    return 384;
  }

  /** Prints the value of the field at {@code index}, of {@code kind}, without decoding it. */
  default void writeJson(int index, FieldKind kind, JsonWriter out) {
    Bytes cbor = cbor(index);
    out.writeCbor(kind, cbor.unsafeArray(), 0, cbor.length());
  }
}
