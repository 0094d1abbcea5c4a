package io.defradb.query.plan;

import io.defradb.document.FieldKind;
import java.util.Optional;

/** The values of a commit; a commit row numbers them by {@code ordinal()}. */
public enum CommitField {
  CID("cid", FieldKind.STRING),
  HEIGHT("height", FieldKind.INT),
  DOC_ID("docID", FieldKind.STRING),
  FIELD_NAME("fieldName", FieldKind.STRING),
  DELTA("delta", FieldKind.STRING),
  SCHEMA_VERSION_ID("schemaVersionId", FieldKind.STRING);

  private final String text;
  private final FieldKind kind;

  CommitField(String text, FieldKind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** Its name in a request. */
  public String text() {
    return text;
  }

  Expression expression() {
    return new Expression.Field(ordinal(), kind);
  }

  static Optional<CommitField> byName(String name) {
    for (CommitField field : values()) {
      if (field.text.equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
