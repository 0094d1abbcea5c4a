package io.defradb.query.plan;

import io.defradb.document.FieldKind;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.Optional;

/** Names of a collection's fields as expressions. */
final class Fields {
  static final String DOC_ID = "_docID";
  static final String DELETED = "_deleted";

  private final Relations relations;

  Fields(Relations relations) {
    this.relations = relations;
  }

  /** Throws INVALID_REQUEST: {@code field or alias not found. Name: x}. */
  Expression of(CollectionVersion collection, String name) {
    return find(collection, name).orElseThrow(() -> PlanContext.notFound(name));
  }

  Optional<Expression> find(CollectionVersion collection, String name) {
    if (name.equals(DOC_ID)) {
      return Optional.of(new Expression.Field(Expression.Field.DOC_ID, FieldKind.ID));
    }
    if (name.equals(DELETED)) {
      return Optional.of(new Expression.Field(Expression.Field.DELETED, FieldKind.BOOLEAN));
    }
    Optional<Relation> keyed = keyedRelation(collection, name);
    if (keyed.isPresent() && !keyed.get().isPrimary() && !keyed.get().isEmbedded()) {
      return Optional.of(new Expression.RelatedId(keyed.get()));
    }
    int index = collection.place(name);
    if (index >= 0
        && collection.fields().get(index).kind() instanceof SchemaFieldKind.Scalar scalar) {
      return Optional.of(new Expression.Field(index, scalar.kind()));
    }
    return Optional.empty();
  }

  /** What to group by: a field, or the key of a single relation, whoever holds it. */
  Expression groupKey(CollectionVersion collection, String name) {
    Optional<CollectionField> field = collection.field(name);
    if (field.isPresent() && field.get().kind().isRelation()) {
      return relations
          .find(collection, name)
          .filter(it -> !it.isMany() && !it.isEmbedded())
          .map(Fields::key)
          .orElseThrow(
              () ->
                  new DefraException(
                      ErrorCode.INVALID_REQUEST, "invalid field value to groupBy", "Field", name));
    }
    return of(collection, name);
  }

  private static Expression key(Relation relation) {
    return relation.isPrimary()
        ? new Expression.Field(relation.keyIndex(), FieldKind.ID)
        : new Expression.RelatedId(relation);
  }

  private Optional<Relation> keyedRelation(CollectionVersion collection, String name) {
    if (!name.endsWith(Relations.KEY_SUFFIX)) {
      return Optional.empty();
    }
    String relationName = name.substring(0, name.length() - Relations.KEY_SUFFIX.length());
    return relations.find(collection, relationName).filter(it -> !it.isMany());
  }
}
