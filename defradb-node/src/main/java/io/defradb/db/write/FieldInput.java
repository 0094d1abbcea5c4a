package io.defradb.db.write;

import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users give, by any name, as the stored fields it means: a relation stands for its key, sizes
 * are checked, defaults are added to a create.
 */
final class FieldInput {
  private FieldInput() {}

  /** A field that is written. */
  record Written(CollectionField field, int number, FieldKind kind, CrdtType crdt, Value value) {}

  /** By stored name, in the order given. */
  static Map<String, Written> resolve(
      CollectionVersion version, Map<String, Value> given, boolean isCreate) {
    Map<String, Written> written = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          Written field = resolve(version, name, value);
          written.put(field.field().name(), field);
        });
    if (isCreate) {
      for (CollectionField field : version.fields()) {
        Value initial = field.defaultValue();
        if (initial != null && !written.containsKey(field.name())) {
          written.put(field.name(), resolve(version, field.name(), initial));
        }
      }
    }
    return written;
  }

  private static Written resolve(CollectionVersion version, String name, Value value) {
    for (int i = 0; i < version.fields().size(); i++) {
      CollectionField field = version.fields().get(i);
      if (!field.name().equals(name)) {
        continue;
      }
      if (field.kind() instanceof SchemaFieldKind.Scalar scalar && field.isInSchema()) {
        checkSize(field, value);
        return new Written(field, version.fieldNumber(i), scalar.kind(), field.crdt(), value);
      }
      boolean isPrimary = field.isPrimary() && !field.kind().isArray();
      if (!isPrimary) {
        throw new DefraException(
            ErrorCode.INVALID_VALUE, "cannot set relation from secondary side", "Name", name);
      }
      return resolve(version, name + "_id", value);
    }
    throw new DefraException(
        ErrorCode.FIELD_NOT_FOUND, "the given field does not exist", "Name", name);
  }

  private static void checkSize(CollectionField field, Value value) {
    boolean isWrong =
        field.sizeRequired() > 0
            && value instanceof Value.Items items
            && items.values().size() != field.sizeRequired();
    if (isWrong) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE,
          "array size mismatch",
          "Actual",
          ((Value.Items) value).values().size(),
          "Expected",
          field.sizeRequired());
    }
  }
}
