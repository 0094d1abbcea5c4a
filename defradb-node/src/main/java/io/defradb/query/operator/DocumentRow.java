package io.defradb.query.operator;

import io.defradb.db.StoredDocument;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.query.plan.Expression;

/** A document. */
final class DocumentRow extends Row {
  private static final long OVERHEAD_BYTES = 128;

  private final StoredDocument document;

  DocumentRow(StoredDocument document) {
    this.document = document;
  }

  @Override
  StoredDocument document() {
    return document;
  }

  @Override
  long heldBytes() {
    return OVERHEAD_BYTES + document.sizeBytes();
  }

  @Override
  Value value(int index) {
    if (index >= 0) {
      return document.value(index);
    }
    return index == Expression.Field.DOC_ID
        ? new Value.Text(document.docId().text())
        : Value.Bool.of(document.isDeleted());
  }

  @Override
  void writeValue(int index, FieldKind kind, JsonWriter out) {
    document.writeJson(index, kind, out);
  }
}
