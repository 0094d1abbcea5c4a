package io.defradb.db.fetch;

import io.defradb.db.StoredDocument;
import io.defradb.db.catalog.CatalogState;
import io.defradb.db.keys.RecordView;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionVersion;
import java.util.Objects;

/**
 * A stored record seen through a collection version, which knows the numbers of its fields there.
 */
final class RecordDocument implements StoredDocument {
  private final CatalogState catalog;
  private final CollectionVersion collection;
  private final DocId docId;
  private final RecordView record;

  RecordDocument(
      CatalogState catalog, CollectionVersion collection, DocId docId, RecordView record) {
    this.catalog = catalog;
    this.collection = collection;
    this.docId = docId;
    this.record = record;
  }

  @Override
  public DocId docId() {
    return docId;
  }

  @Override
  public boolean isDeleted() {
    return record.isDeleted();
  }

  @Override
  public String schemaVersionId() {
    return Objects.requireNonNullElse(
        catalog.versionId(record.schemaVersion()), collection.versionId());
  }

  @Override
  public Value value(int index) {
    int number = collection.fieldNumber(index);
    int start = record.start(number);
    return start < 0
        ? Value.NULL
        : ValueCbor.decode(kind(index), record.array(), start, record.length(number));
  }

  @Override
  public Bytes cbor(int index) {
    return record.value(collection.fieldNumber(index));
  }

  @Override
  public void writeJson(int index, FieldKind kind, JsonWriter out) {
    int number = collection.fieldNumber(index);
    int start = record.start(number);
    if (start < 0) {
      out.nullValue();
    } else {
      out.writeCbor(kind, record.array(), start, record.length(number));
    }
  }

  private FieldKind kind(int index) {
    return StoredFields.kind(collection.fields().get(index));
  }
}
