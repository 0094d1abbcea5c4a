package io.defradb.query.plan;

import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.SchemaFieldKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the two sides of relations in a catalog. Gives the same object for the same relation: joins
 * are remembered by it. For one thread.
 */
public final class Relations {
  static final String KEY_SUFFIX = "_id";

  private final Catalog catalog;
  private final Map<String, Optional<Relation>> found = new HashMap<>();

  public Relations(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Throws FIELD_NOT_FOUND when {@code name} is no relation of {@code from}. */
  Relation of(CollectionVersion from, String name) {
    return find(from, name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.FIELD_NOT_FOUND, "the given field does not exist", "Name", name));
  }

  /** Empty when {@code name} is no relation of {@code from}. */
  public Optional<Relation> find(CollectionVersion from, String name) {
    String key = from.versionId() + "/" + name;
    Optional<Relation> known = found.get(key);
    if (known == null) {
      Optional<CollectionField> field = from.field(name).filter(it -> it.kind().isRelation());
      known = field.flatMap(it -> resolve(from, it));
      found.put(key, known);
    }
    return known;
  }

  private Optional<Relation> resolve(CollectionVersion from, CollectionField field) {
    CollectionVersion target = target(from, field.kind());
    if (target == null) {
      return Optional.empty();
    }
    if (from.isView()) {
      boolean isMany = field.kind().isArray();
      return Optional.of(new Relation(field.name(), target, false, isMany, -1, null, true));
    }
    if (field.isPrimary()) {
      int key = from.place(field.name() + KEY_SUFFIX);
      return key < 0
          ? Optional.empty()
          : Optional.of(new Relation(field.name(), target, true, false, key, null, false));
    }
    for (CollectionField other : target.fields()) {
      if (isOtherSide(from, field, target, other)) {
        String keyName = other.name() + KEY_SUFFIX;
        return Optional.of(
            new Relation(
                field.name(),
                target,
                false,
                field.kind().isArray(),
                target.place(keyName),
                indexOn(target, keyName),
                false));
      }
    }
    return Optional.empty();
  }

  private static boolean isOtherSide(
      CollectionVersion from,
      CollectionField field,
      CollectionVersion target,
      CollectionField other) {
    boolean isItself =
        from.collectionId().equals(target.collectionId()) && other.name().equals(field.name());
    return !isItself
        && other.isPrimary()
        && other.kind().isRelation()
        && Objects.equals(other.relationName(), field.relationName())
        && target.place(other.name() + KEY_SUFFIX) >= 0;
  }

  private @Nullable CollectionVersion target(CollectionVersion from, SchemaFieldKind kind) {
    if (kind instanceof SchemaFieldKind.SelfRef self) {
      return self.relativeId().isEmpty() ? from : byId(sibling(from, self.relativeId()));
    }
    if (kind instanceof SchemaFieldKind.CollectionRef ref) {
      return byId(ref.root());
    }
    return kind instanceof SchemaFieldKind.Named named
        ? catalog.activeByName(named.name()).orElse(null)
        : null;
  }

  /** Members of one set share a root and are told apart by {@code -n} (data-model, 4.2). */
  private static String sibling(CollectionVersion from, String relativeId) {
    String id = from.collectionId();
    int dash = id.lastIndexOf('-');
    return (dash < 0 ? id : id.substring(0, dash)) + "-" + relativeId;
  }

  private @Nullable CollectionVersion byId(String collectionId) {
    for (CollectionVersion version : catalog.active()) {
      if (version.collectionId().equals(collectionId)) {
        return version;
      }
    }
    return null;
  }

  private static @Nullable IndexDescription indexOn(CollectionVersion version, String fieldName) {
    for (IndexDescription index : version.indexes()) {
      if (index.fields().get(0).name().equals(fieldName)) {
        return index;
      }
    }
    return null;
  }
}
