package io.defradb.graphql.schema;

import io.defradb.document.FieldKind;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the fields of collections as members of types; {@code _docID} is left out. */
final class Members {
  private static final String KEY_SUFFIX = "_id";

  private final Map<String, CollectionVersion> byName;
  private final Map<String, CollectionVersion> byId;

  Members(Map<String, CollectionVersion> byName, Map<String, CollectionVersion> byId) {
    this.byName = byName;
    this.byId = byId;
  }

  /** Sorted by name. */
  Map<String, Member> of(CollectionVersion collection) {
    var members = new TreeMap<String, Member>();
    for (CollectionField field : collection.fields()) {
      if (field.kind().isRelation()) {
        relation(collection, field, members);
      }
    }
    for (CollectionField field : collection.fields()) {
      if (field.kind() instanceof SchemaFieldKind.Scalar scalar
          && !field.name().equals(CollectionTypes.DOC_ID)) {
        members.putIfAbsent(
            field.name(), new Member.Scalar(field.name(), scalar.kind(), false, true));
      }
    }
    return members;
  }

  private void relation(
      CollectionVersion collection, CollectionField field, Map<String, Member> members) {
    CollectionVersion target = target(collection, field.kind());
    if (target == null) {
      return;
    }
    String name = field.name();
    if (field.kind().isArray()) {
      members.put(name, new Member.Many(name, target));
      return;
    }
    members.put(name, new Member.One(name, target, field.isPrimary()));
    if (!CollectionTypes.isView(collection)) {
      String key = name + KEY_SUFFIX;
      members.put(key, new Member.Scalar(key, FieldKind.ID, true, field.isPrimary()));
    }
  }

  private @Nullable CollectionVersion target(CollectionVersion from, SchemaFieldKind kind) {
    if (kind instanceof SchemaFieldKind.CollectionRef ref) {
      return byId.get(ref.root());
    }
    if (kind instanceof SchemaFieldKind.SelfRef self) {
      return self.relativeId().isEmpty() ? from : sibling(from, self.relativeId());
    }
    return kind instanceof SchemaFieldKind.Named named ? byName.get(named.name()) : null;
  }

  /** Members of one set share a root and are told apart by {@code -n} (data-model, 4.2). */
  private @Nullable CollectionVersion sibling(CollectionVersion from, String relativeId) {
    String id = from.collectionId();
    int dash = id.lastIndexOf('-');
    String root = dash < 0 ? id : id.substring(0, dash);
    return byId.get(root + "-" + relativeId);
  }

  static boolean isNumeric(FieldKind kind) {
    FieldKind one = kind.element() == null ? kind : kind.element();
    return one == FieldKind.INT || one == FieldKind.FLOAT64 || one == FieldKind.FLOAT32;
  }
}
