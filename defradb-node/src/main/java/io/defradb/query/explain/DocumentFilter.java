package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.filter.FieldTests;
import io.defradb.query.filter.ValueTest;
import io.defradb.query.plan.Relation;
import io.defradb.query.plan.Relations;
import io.defradb.request.Filter;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tests documents for written filters, without counting what that reads. */
final class DocumentFilter {
  private static final String KEY_SUFFIX = "_id";

  private final Measurement measurement;
  private final Relations relations;
  private final Map<Filter.Condition, ValueTest> tests = new IdentityHashMap<>();

  DocumentFilter(Measurement measurement, Relations relations) {
    this.measurement = measurement;
    this.relations = relations;
  }

  boolean holds(Filter filter, CollectionVersion collection, StoredDocument document) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().allMatch(it -> holds(it, collection, document));
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(it -> holds(it, collection, document));
    }
    if (filter instanceof Filter.Not not) {
      return !holds(not.part(), collection, document);
    }
    if (filter instanceof Filter.OnField field) {
      Value below = FieldTests.at(value(collection, document, field.name()), field.path());
      return below != null && test(collection, field).matches(below);
    }
    if (filter instanceof Filter.OnRelation related) {
      Relation relation = relation(collection, related.name());
      List<StoredDocument> found = related(relation, document);
      return found.stream().anyMatch(it -> holds(related.filter(), relation.target(), it))
          || (found.isEmpty() && isMetByNone(relation, related.filter()));
    }
    throw new DefraException(
        ErrorCode.UNSUPPORTED, "explain of this type does not know filters on aliases");
  }

  /** A single relation without a document is tested as one where nothing is set. */
  private boolean isMetByNone(Relation relation, Filter filter) {
    return !relation.isMany()
        && !filter.equals(new Filter.And(List.of()))
        && holdsForNothing(filter, relation.target());
  }

  private boolean holdsForNothing(Filter filter, CollectionVersion collection) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().allMatch(it -> holdsForNothing(it, collection));
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(it -> holdsForNothing(it, collection));
    }
    if (filter instanceof Filter.Not not) {
      return !holdsForNothing(not.part(), collection);
    }
    if (filter instanceof Filter.OnField field) {
      return test(collection, field).matches(Value.NULL);
    }
    return filter instanceof Filter.OnRelation related
        && isMetByNone(relation(collection, related.name()), related.filter());
  }

  private ValueTest test(CollectionVersion collection, Filter.OnField field) {
    return tests.computeIfAbsent(
        field.condition(), it -> FieldTests.of(kind(collection, field.name()), it));
  }

  static FieldKind kind(CollectionVersion collection, String name) {
    if (name.equals("_deleted")) {
      return FieldKind.BOOLEAN;
    }
    return collection
        .field(name)
        .map(it -> it.kind() instanceof SchemaFieldKind.Scalar scalar ? scalar.kind() : null)
        .orElse(FieldKind.ID);
  }

  private Value value(CollectionVersion collection, StoredDocument document, String name) {
    switch (name) {
      case "_docID":
        return new Value.Text(document.docId().text());
      case "_deleted":
        return Value.Bool.of(document.isDeleted());
      default:
        Optional<Relation> keyed = keyed(collection, name);
        if (keyed.isPresent() && !keyed.get().isPrimary()) {
          return related(keyed.get(), document).stream()
              .findFirst()
              .<Value>map(it -> new Value.Text(it.docId().text()))
              .orElse(Value.NULL);
        }
        return document.value(collection.place(name));
    }
  }

  /** What to group by: a field's value, or the key of a relation. */
  Value groupKey(CollectionVersion collection, StoredDocument document, String name) {
    boolean isRelation = relations.find(collection, name).isPresent();
    return value(collection, document, isRelation ? name + KEY_SUFFIX : name);
  }

  /** The relation whose key {@code name} is. */
  private Optional<Relation> keyed(CollectionVersion collection, String name) {
    return name.endsWith(KEY_SUFFIX)
        ? relations.find(collection, name.substring(0, name.length() - KEY_SUFFIX.length()))
        : Optional.empty();
  }

  private Relation relation(CollectionVersion collection, String name) {
    return relations
        .find(collection, name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.FIELD_NOT_FOUND, "the given field does not exist", "Name", name));
  }

  private List<StoredDocument> related(Relation relation, StoredDocument document) {
    if (relation.isPrimary()) {
      return document.value(relation.keyIndex()) instanceof Value.Text key
          ? measurement
              .reader()
              .get(relation.target(), new DocId(key.value()), false)
              .map(List::of)
              .orElse(List.of())
          : List.of();
    }
    List<StoredDocument> found = new ArrayList<>();
    for (Measurement.Located holder :
        measurement.holders(relation.target(), relation.keyIndex()).of(document.docId().text())) {
      measurement.reader().get(relation.target(), holder.docId(), false).ifPresent(found::add);
    }
    return found;
  }
}
