package io.defradb.db.backup;

import io.defradb.db.StoredDocument;
import io.defradb.document.FieldKind;
import io.defradb.document.FieldKinds;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stored fields of a collection, and which of them are keys of other documents. */
record BackupFields(CollectionVersion collection) implements FieldKinds {
  private static final String KEY_SUFFIX = "_id";

  /** The values that are set, by name. */
  TreeMap<String, Value> values(StoredDocument document) {
    var values = new TreeMap<String, Value>();
    for (int i = 0; i < collection.fields().size(); i++) {
      CollectionField field = collection.fields().get(i);
      if (field.isStored()) {
        Value value = document.value(i);
        if (!value.isNull()) {
          values.put(field.name(), value);
        }
      }
    }
    return values;
  }

  /** Names of the fields that hold a DocID, with the collection it belongs to. */
  Map<String, String> keys() {
    var keys = new TreeMap<String, String>();
    for (CollectionField field : collection.fields()) {
      String name = field.name();
      if (field.isStored() && name.endsWith(KEY_SUFFIX)) {
        collection
            .field(name.substring(0, name.length() - KEY_SUFFIX.length()))
            .flatMap(this::target)
            .ifPresent(target -> keys.put(name, target));
      }
    }
    return keys;
  }

  private Optional<String> target(CollectionField relation) {
    if (relation.kind() instanceof SchemaFieldKind.CollectionRef ref) {
      return Optional.of(ref.root());
    }
    return relation.kind() instanceof SchemaFieldKind.SelfRef
        ? Optional.of(collection.collectionId())
        : Optional.empty();
  }

  /** A relation may be named instead of its key. */
  @Override
  public @Nullable FieldKind kindOf(String fieldName) {
    CollectionField field = collection.field(fieldName).orElse(null);
    if (field == null) {
      return null;
    }
    if (field.kind() instanceof SchemaFieldKind.Scalar scalar) {
      return field.isStored() ? scalar.kind() : null;
    }
    if (!field.isPrimary()) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE, "cannot set relation from secondary side", "Name", fieldName);
    }
    return FieldKind.ID;
  }
}
