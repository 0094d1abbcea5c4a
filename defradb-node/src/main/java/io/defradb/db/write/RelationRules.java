package io.defradb.db.write;

import io.defradb.db.Catalog;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.RecordView;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.storage.Cursor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys of relations: they are DocIDs, and the target of a one-to-one relation has one document at
 * most.
 */
final class RelationRules {
  private RelationRules() {}

  static void check(
      Overlay overlay,
      Catalog catalog,
      CollectionVersion collection,
      DocId docId,
      Collection<FieldInput.Written> fields) {
    for (FieldInput.Written field : fields) {
      String name = field.field().name();
      boolean isKey = field.field().relationName() != null && name.endsWith("_id");
      if (isKey && field.value() instanceof Value.Text target) {
        DocIds.parse(target.value());
        CollectionField relation =
            collection.field(name.substring(0, name.length() - "_id".length())).orElse(null);
        if (relation != null && isOneToOne(catalog, collection, relation)) {
          requireFree(overlay, catalog, collection, docId, field, target.value());
        }
      }
    }
  }

  /** The other side has a single field of the same relation. */
  private static boolean isOneToOne(
      Catalog catalog, CollectionVersion collection, CollectionField relation) {
    CollectionVersion target = target(catalog, collection, relation.kind());
    if (target == null) {
      return false;
    }
    Optional<CollectionField> other =
        target.fields().stream()
            .filter(field -> field.kind().isRelation() && !field.name().equals(relation.name()))
            .filter(
                field ->
                    relation.relationName() != null
                        && relation.relationName().equals(field.relationName()))
            .findFirst();
    return other.isPresent() && !other.get().kind().isArray();
  }

  private static @Nullable CollectionVersion target(
      Catalog catalog, CollectionVersion collection, SchemaFieldKind kind) {
    if (kind instanceof SchemaFieldKind.CollectionRef ref) {
      return catalog.active().stream()
          .filter(version -> version.collectionId().equals(ref.root()))
          .findFirst()
          .orElse(null);
    }
    return kind instanceof SchemaFieldKind.SelfRef ? collection : null;
  }

  private static void requireFree(
      Overlay overlay,
      Catalog catalog,
      CollectionVersion collection,
      DocId docId,
      FieldInput.Written field,
      String target) {
    Bytes wanted = Bytes.wrap(ValueCbor.encode(FieldKind.ID, new Value.Text(target)));
    int shortId = catalog.shortId(collection.collectionId());
    try (Cursor documents = overlay.cursor(Columns.STATE, DocumentKey.range(shortId))) {
      while (documents.next()) {
        var other = new RecordView(documents.value());
        DocId otherId = DocumentKey.docId(documents.key());
        if (!other.isDeleted()
            && !otherId.equals(docId)
            && other.value(field.number()).equals(wanted)) {
          throw new DefraException(
              ErrorCode.UNIQUE_VIOLATION,
              "target document is already linked to another document",
              linked(docId, otherId, field),
              null);
        }
      }
    }
  }

  private static Map<String, Object> linked(DocId docId, DocId otherId, FieldInput.Written field) {
    var context = new LinkedHashMap<String, Object>();
    context.put("DocumentID", docId);
    context.put("TargetID", otherId);
    context.put("RelationName", Objects.requireNonNullElse(field.field().relationName(), ""));
    return context;
  }
}
