package io.defradb.db.fetch;

import io.defradb.db.StoredDocument;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.Map;

/** A document rebuilt from its commits: value CBOR by field name. */
record ValuesDocument(
    CollectionVersion collection,
    DocId docId,
    boolean isDeleted,
    List<Cid> pastHeads,
    String schemaVersionId,
    Map<String, Bytes> values)
    implements StoredDocument {

  @Override
  public Value value(int index) {
    return ValueCbor.decode(StoredFields.kind(collection.fields().get(index)), cbor(index));
  }

  @Override
  public Bytes cbor(int index) {
    return values.getOrDefault(collection.fields().get(index).name(), ValueCbor.NULL);
  }
}
