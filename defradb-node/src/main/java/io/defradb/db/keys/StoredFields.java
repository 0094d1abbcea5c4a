package io.defradb.db.keys;

import io.defradb.document.FieldKind;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of a collection version that documents store values for. Records name them by numbers,
 * see {@link CollectionVersion#fieldNumber}.
 */
public final class StoredFields {
  private StoredFields() {}

  public static boolean isStored(CollectionField field) {
    return field.isInSchema() && (field.kind() instanceof SchemaFieldKind.Scalar);
  }

  /** Of the value that documents store for a field: a relation's is the other document's ID. */
  public static FieldKind kind(CollectionField field) {
    return field.kind() instanceof SchemaFieldKind.Scalar scalar ? scalar.kind() : FieldKind.ID;
  }

  /** The number of a field by name; -1 when the version stores no such field. */
  public static int number(CollectionVersion version, String name) {
    int place = version.place(name);
    return place < 0 ? place : version.fieldNumber(place);
  }

  /** Value CBOR of every field that is set, by name. */
  public static SortedMap<String, Bytes> values(CollectionVersion version, DocumentRecord record) {
    SortedMap<String, Bytes> values = new TreeMap<>();
    for (Map.Entry<Integer, DocumentRecord.Field> field : record.fields().entrySet()) {
      Bytes value = field.getValue().value();
      int place = version.fieldPlace(field.getKey());
      if (place >= 0 && !value.equals(ValueCbor.NULL)) {
        values.put(version.fields().get(place).name(), value);
      }
    }
    return values;
  }
}
