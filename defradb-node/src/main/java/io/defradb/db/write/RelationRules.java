package io.defradb.db.write;

import io.defradb.db.Catalog;
import io.defradb.db.apply.ApplyTarget;
import io.defradb.db.index.HiddenIndexes;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fields of the kind ID hold DocIDs, those of no relation too; the target of a one-to-one relation
 * has one document at most.
 */
final class RelationRules {
  private RelationRules() {}

  static void check(
      ApplyTarget into,
      CollectionVersion collection,
      DocId docId,
      Collection<FieldInput.Written> fields) {
    for (FieldInput.Written field : fields) {
      String name = field.field().name();
      if (!(field.value() instanceof Value.Text target) || field.kind() != FieldKind.ID) {
        continue;
      }
      DocIds.parse(target.value());
      if (HiddenIndexes.isRelationKey(field.field())) {
        CollectionField relation =
            collection.field(name.substring(0, name.length() - "_id".length())).orElse(null);
        if (relation != null && isOneToOne(into.catalog(), collection, relation)) {
          requireFree(into, collection, docId, field, target);
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
      ApplyTarget into,
      CollectionVersion collection,
      DocId docId,
      FieldInput.Written field,
      Value.Text target) {
    Bytes value = Bytes.wrap(ValueCbor.encode(FieldKind.ID, target));
    int shortId = into.catalog().shortId(collection.collectionId());
    DocId holder =
        into.indexes().hidden().claim(into.overlay(), shortId, field.number(), value, docId);
    if (holder != null) {
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("DocumentID", docId);
      context.put("TargetID", holder);
      context.put("RelationName", Objects.requireNonNull(field.field().relationName()));
      throw new DefraException(
          ErrorCode.UNIQUE_VIOLATION,
          "target document is already linked to another document",
          context,
          null);
    }
  }
}
