package io.defradb.query.operator;

import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import org.jspecify.annotations.Nullable;

/** The documents of a cursor. */
final class DocumentOperator implements Operator {
  private final DocumentCursor cursor;

  DocumentOperator(DocumentCursor cursor) {
    this.cursor = cursor;
  }

  @Override
  public @Nullable Row next() {
    StoredDocument document = cursor.next();
    return document == null ? null : new DocumentRow(document);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
