package io.defradb.db.migrate;

import io.defradb.db.StoredDocument;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionVersion;
import java.util.Map;

/** A document as lenses made it. {@code values}: value CBOR by place among the fields. */
record MigratedDocument(
    CollectionVersion collection, DocId docId, boolean isDeleted, Map<Integer, Bytes> values)
    implements StoredDocument {
  @Override
  public String schemaVersionId() {
    return collection.versionId();
  }

  @Override
  public Value value(int index) {
    return ValueCbor.decode(StoredFields.kind(collection.fields().get(index)), cbor(index));
  }

  @Override
  public Bytes cbor(int index) {
    return values.getOrDefault(index, ValueCbor.NULL);
  }
}
