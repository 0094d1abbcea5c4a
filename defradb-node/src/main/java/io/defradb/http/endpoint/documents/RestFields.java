package io.defradb.http.endpoint.documents;

import io.defradb.document.FieldKind;
import io.defradb.document.FieldKinds;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a document given by REST may name: values, and relations by their key. */
record RestFields(CollectionVersion collection) implements FieldKinds {
  @Override
  public @Nullable FieldKind kindOf(String fieldName) {
    CollectionField field = collection.field(fieldName).orElse(null);
    if (field == null) {
      return null;
    }
    if (field.kind() instanceof SchemaFieldKind.Scalar scalar) {
      return scalar.kind();
    }
    if (!field.isPrimary()) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE, "cannot set relation from secondary side", "Name", fieldName);
    }
    return FieldKind.ID;
  }

  /** A document's own ID is a field that nothing can be written to. */
  static void requireNoDocId(Map<String, Value> document) {
    if (document.containsKey("_docID")) {
      throw new DefraException(ErrorCode.INVALID_VALUE, "unknown crdt", "Type", "none");
    }
  }
}
