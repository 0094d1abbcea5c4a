package io.defradb.query.explain;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.filter.FieldTests;
import io.defradb.query.filter.ValueTest;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says about one field of an index.
 *
 * @param operator empty: nothing
 * @param path inside JSON
 * @param kind of what one entry holds
 */
record IndexCondition(
    String operator, List<String> path, Value operand, FieldKind kind, boolean isManyEntries) {

  IndexEntries.Key key() {
    return new IndexEntries.Key(path, operand);
  }

  boolean isEqual() {
    return operator.equals("_eq");
  }

  boolean isRange() {
    return switch (operator) {
      case "_gt", "_ge", "_lt", "_le" -> true;
      default -> false;
    };
  }

  /** Tests entries whose field is not decided by where they stand. */
  ValueTest test() {
    if (operator.isEmpty()) {
      return ValueTest.EVERYTHING;
    }
    if (operand.isNull()) {
      boolean isWanted = isEqual();
      return value -> value.isNull() == isWanted;
    }
    return FieldTests.of(kind, new Condition.Compare(operator, operand));
  }

  /** A condition a field of the index; empty when the index is of no use to the filter. */
  static List<IndexCondition> of(
      CollectionVersion collection, IndexDescription index, @Nullable Filter filter) {
    List<IndexCondition> conditions = new ArrayList<>();
    for (IndexDescription.IndexedField field : index.fields()) {
      FieldKind kind = DocumentFilter.kind(collection, field.name());
      IndexCondition found = filter == null ? null : find(filter, field.name(), kind);
      if (found == null && conditions.isEmpty()) {
        return List.of();
      }
      conditions.add(
          found == null
              ? new IndexCondition("", List.of(), Value.NULL, kind, isMany(kind))
              : found);
    }
    return conditions;
  }

  private static boolean isMany(FieldKind kind) {
    return kind == FieldKind.JSON || kind.element() != null;
  }

  /** The first one; what is negated is of no use to an index. */
  private static @Nullable IndexCondition find(Filter filter, String name, FieldKind kind) {
    if (filter instanceof Filter.And and) {
      return findFirst(and.parts(), name, kind);
    }
    if (filter instanceof Filter.Or or) {
      return findFirst(or.parts(), name, kind);
    }
    return filter instanceof Filter.OnField field && field.name().equals(name)
        ? of(field.condition(), field.path(), kind)
        : null;
  }

  private static @Nullable IndexCondition findFirst(
      List<Filter> parts, String name, FieldKind kind) {
    for (Filter part : parts) {
      IndexCondition found = find(part, name, kind);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable IndexCondition of(
      Condition condition, List<String> path, FieldKind kind) {
    if (condition instanceof Condition.Compare compare) {
      return new IndexCondition(compare.operator(), path, compare.operand(), kind, isMany(kind));
    }
    if (condition instanceof Condition.Elements elements) {
      if (elements.quantifier().equals("_none")
          || !(first(elements.element()) instanceof Condition.Compare inner)) {
        return null;
      }
      boolean isJson = kind == FieldKind.JSON;
      return new IndexCondition(
          inner.operator(),
          isJson ? IndexEntries.below(path, IndexEntries.ELEMENT) : path,
          inner.operand(),
          isJson || kind.element() == null ? kind : kind.element(),
          true);
    }
    if (condition instanceof Condition.All all) {
      for (Condition part : all.parts()) {
        IndexCondition found = of(part, path, kind);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Condition first(Condition condition) {
    return condition instanceof Condition.All all && !all.parts().isEmpty()
        ? all.parts().get(0)
        : condition;
  }
}
