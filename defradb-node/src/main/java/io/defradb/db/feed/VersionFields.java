package io.defradb.db.feed;

import io.defradb.db.Catalog;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection version as entries are printed with it.
 *
 * @param kinds of its scalar fields
 * @param names of the same fields, as members are begun
 * @param members that name it in an entry
 */
record VersionFields(
    CollectionVersion version,
    Map<String, FieldKind> kinds,
    Map<String, byte[]> names,
    byte[] members) {

  static VersionFields of(CollectionVersion version) {
    var kinds = new HashMap<String, FieldKind>();
    for (CollectionField field : version.fields()) {
      if (field.kind() instanceof SchemaFieldKind.Scalar scalar) {
        kinds.put(field.name(), scalar.kind());
      }
    }
    var names = new HashMap<String, byte[]>();
    kinds.keySet().forEach(name -> names.put(name, new JsonWriter().name(name).toBytes()));
    var members = new JsonWriter().name("collection").string(version.name());
    members.name("collectionID").string(version.collectionId());
    members.name("schemaVersionID").string(version.versionId());
    return new VersionFields(version, kinds, names, members.toBytes());
  }

  /** An object of value CBOR by name; null for {@code null}. */
  void write(JsonWriter json, @Nullable SortedMap<String, Bytes> fields) {
    if (fields == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    fields.forEach(
        (name, cbor) -> {
          FieldKind kind = kinds.get(name);
          byte[] member = names.get(name);
          if (kind != null && member != null) {
            json.name(member).writeCbor(kind, cbor.unsafeArray(), 0, cbor.length());
          }
        });
    json.endObject();
  }

  /** One value; null for a field that the version does not have. */
  void write(JsonWriter json, String name, Bytes cbor) {
    FieldKind kind = kinds.get(name);
    if (kind == null) {
      json.nullValue();
    } else {
      json.writeCbor(kind, cbor.unsafeArray(), 0, cbor.length());
    }
  }

  /** Versions by id, as the catalog told. For one thread. */
  static final class Cache {
    private final Map<String, VersionFields> known = new HashMap<>();

    /** {@code null}: this node does not know the version. */
    @Nullable VersionFields find(Catalog catalog, String versionId) {
      VersionFields found = known.get(versionId);
      if (found == null) {
        found = catalog.byVersionId(versionId).map(VersionFields::of).orElse(null);
        if (found != null) {
          known.put(versionId, found);
        }
      }
      return found;
    }
  }
}
