package io.defradb.query.plan;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.filter.FieldTests;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import io.defradb.request.Order;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order that an index gives to results, which users see (query language specification, 3):
 *
 * <ul>
 *   <li>a filter names the first field of an index: by the index, DocIDs ascending among equals;
 *       {@code _in} in the order of its list. Of several such fields the first by name counts;
 *   <li>it names an indexed field of a related document: by that index and that document, the first
 *       of many;
 *   <li>else an order names fields of an index in its directions: ties by the rest of the index and
 *       by DocID, all reversed when the directions are.
 * </ul>
 *
 * Given as sort keys, so that it holds whether or not the index is read. An index on JSON gives the
 * order of the leaf that is tested, one on an array that of the first element that is met.
 */
final class IndexOrder {
  private final Relations relations;
  private final Fields fields;
  private final ConditionPlanner conditions;

  IndexOrder(Relations relations, Fields fields, ConditionPlanner conditions) {
    this.relations = relations;
    this.fields = fields;
    this.conditions = conditions;
  }

  /** Keys to sort by after all that was asked; empty: DocID order. */
  List<PlanNode.SortKey> keys(
      CollectionVersion collection, @Nullable Filter filter, List<Order> order) {
    List<Filter> parts = parts(filter);
    for (CollectionField field : collection.fields()) {
      for (Filter part : parts) {
        Optional<List<PlanNode.SortKey>> keys = ofFilter(collection, field.name(), part);
        if (keys.isPresent()) {
          return keys.get();
        }
      }
    }
    return ofOrder(collection, order);
  }

  /**
   * Keys to sort by before rows are grouped: groups whose order an index has already are made of
   * rows in that order.
   */
  List<PlanNode.SortKey> ofGroups(
      CollectionVersion collection, @Nullable Filter filter, List<Order> order) {
    List<PlanNode.SortKey> ofFilter = keys(collection, filter, List.of());
    List<PlanNode.SortKey> rest = ofFilter.isEmpty() ? ofOrder(collection, order) : List.of();
    if (rest.isEmpty()) {
      return ofFilter;
    }
    var keys = new ArrayList<PlanNode.SortKey>();
    for (Order it : order) {
      keys.add(new PlanNode.SortKey(fields.of(collection, it.path().get(0)), it.isDescending()));
    }
    keys.addAll(rest);
    return keys;
  }

  /** What must all hold, flattened. */
  private static List<Filter> parts(@Nullable Filter filter) {
    if (filter == null) {
      return List.of();
    }
    return filter instanceof Filter.And and
        ? and.parts().stream().flatMap(part -> parts(part).stream()).toList()
        : List.of(filter);
  }

  private Optional<List<PlanNode.SortKey>> ofFilter(
      CollectionVersion collection, String fieldName, Filter part) {
    if (part instanceof Filter.OnField field && field.name().equals(fieldName)) {
      Optional<List<PlanNode.SortKey>> ofMany =
          ofLeaves(collection, field).or(() -> ofElements(collection, field));
      return ofMany.isPresent()
          ? ofMany
          : scalarIndex(collection, fieldName)
              .map(index -> keys(collection, index, field.condition()));
    }
    if (part instanceof Filter.OnRelation related && related.name().equals(fieldName)) {
      return ofRelated(collection, related);
    }
    return Optional.empty();
  }

  private List<PlanNode.SortKey> keys(
      CollectionVersion collection, IndexDescription index, Condition condition) {
    var keys = new ArrayList<PlanNode.SortKey>();
    List<Value> listed = listed(condition);
    for (int i = 0; i < index.fields().size(); i++) {
      IndexDescription.IndexedField field = index.fields().get(i);
      Expression expression = fields.of(collection, field.name());
      boolean isConstant =
          i == 0
              && condition instanceof Condition.Compare compare
              && compare.operator().equals("_eq");
      if (isConstant) {
        continue; // all rows agree on it: a single-field index gives DocID order, and no sort
      }
      if (i == 0 && listed != null) {
        keys.add(new PlanNode.SortKey(new Expression.PositionIn(expression, listed), false));
      } else {
        keys.add(new PlanNode.SortKey(expression, field.isDescending()));
      }
    }
    return keys;
  }

  /** By an index on JSON alone: the leaf that is tested, unless it is one and the same. */
  private Optional<List<PlanNode.SortKey>> ofLeaves(
      CollectionVersion collection, Filter.OnField field) {
    Optional<IndexDescription> index = index(collection, field.name());
    Expression json = fields.of(collection, field.name());
    boolean isByLeaf =
        index.isPresent()
            && index.get().fields().size() == 1
            && json.valueKind() == FieldKind.JSON
            && field.condition() instanceof Condition.Compare compare
            && !compare.operator().equals("_eq");
    if (!isByLeaf) {
      return Optional.empty();
    }
    var value = new Expression.JsonLeaf(json, field.path(), Expression.JsonLeaf.Part.VALUE);
    List<Value> listed = listed(field.condition());
    if (listed != null) {
      return Optional.of(
          List.of(new PlanNode.SortKey(new Expression.PositionIn(value, listed), false)));
    }
    boolean isDescending = index.get().fields().get(0).isDescending();
    var kind =
        new Expression.JsonLeaf(
            json,
            field.path(),
            isDescending
                ? Expression.JsonLeaf.Part.KIND_UNSET_LAST
                : Expression.JsonLeaf.Part.KIND_UNSET_FIRST);
    return Optional.of(
        List.of(new PlanNode.SortKey(kind, false), new PlanNode.SortKey(value, isDescending)));
  }

  /** By an index on an array alone: the first element that passes; {@code _none} asks no index. */
  private Optional<List<PlanNode.SortKey>> ofElements(
      CollectionVersion collection, Filter.OnField field) {
    Optional<IndexDescription> index = index(collection, field.name());
    if (index.isEmpty()
        || index.get().fields().size() != 1
        || !(field.condition() instanceof Condition.Elements elements)
        || elements.quantifier().equals("_none")) {
      return Optional.empty();
    }
    Expression list = fields.of(collection, field.name());
    FieldKind element = list.valueKind().element();
    if (element == null) {
      return Optional.empty();
    }
    List<Value> listed = listed(elements.element());
    if (listed != null) {
      return Optional.of(
          List.of(new PlanNode.SortKey(new Expression.PositionIn(list, listed), false)));
    }
    boolean isDescending = index.get().fields().get(0).isDescending();
    var first =
        new Expression.FirstElement(list, FieldTests.of(element, elements.element()), isDescending);
    return Optional.of(List.of(new PlanNode.SortKey(first, isDescending)));
  }

  private static @Nullable List<Value> listed(Condition condition) {
    return condition instanceof Condition.Compare compare
            && compare.operator().equals("_in")
            && compare.operand() instanceof Value.Items items
        ? items.values()
        : null;
  }

  private Optional<List<PlanNode.SortKey>> ofRelated(
      CollectionVersion collection, Filter.OnRelation related) {
    Optional<Relation> relation =
        relations.find(collection, related.name()).filter(it -> !it.isEmbedded());
    if (relation.isEmpty()) {
      return Optional.empty();
    }
    CollectionVersion target = relation.get().target();
    for (CollectionField field : target.fields()) {
      for (Filter part : parts(related.filter())) {
        Optional<List<PlanNode.SortKey>> inner =
            part instanceof Filter.OnField
                ? ofFilter(target, field.name(), part)
                : Optional.empty();
        if (inner.isPresent() && relation.get().isMany()) {
          return Optional.of(ofFirst(relation.get(), part, inner.get()));
        }
        if (inner.isPresent()) {
          var keys = new ArrayList<PlanNode.SortKey>();
          for (PlanNode.SortKey key : inner.get()) {
            keys.add(
                new PlanNode.SortKey(
                    new Expression.Through(relation.get(), key.expression()), key.isDescending()));
          }
          keys.add(
              new PlanNode.SortKey(
                  new Expression.Through(relation.get(), fields.of(target, Fields.DOC_ID)), false));
          return Optional.of(keys);
        }
      }
    }
    return Optional.empty();
  }

  /** Of many related documents the first that the index meets counts. */
  private List<PlanNode.SortKey> ofFirst(
      Relation relation, Filter part, List<PlanNode.SortKey> ofIndex) {
    RowCondition condition = conditions.of(relation.target(), part, Map.of());
    var order = new ArrayList<>(ofIndex);
    order.add(new PlanNode.SortKey(fields.of(relation.target(), Fields.DOC_ID), false));
    return order.stream()
        .map(
            key ->
                new PlanNode.SortKey(
                    new Expression.OfFirst(relation, condition, order, key.expression()),
                    key.isDescending()))
        .toList();
  }

  private List<PlanNode.SortKey> ofOrder(CollectionVersion collection, List<Order> order) {
    if (order.isEmpty() || order.get(0).path().size() != 1) {
      return List.of();
    }
    return scalarIndex(collection, order.get(0).path().get(0))
        .map(index -> rest(collection, index, order))
        .orElse(List.of());
  }

  private List<PlanNode.SortKey> rest(
      CollectionVersion collection, IndexDescription index, List<Order> order) {
    if (order.size() > index.fields().size()) {
      return List.of();
    }
    boolean isBackwards = order.get(0).isDescending() != index.fields().get(0).isDescending();
    var keys = new ArrayList<PlanNode.SortKey>();
    for (int i = 0; i < index.fields().size(); i++) {
      IndexDescription.IndexedField field = index.fields().get(i);
      boolean isDescending = field.isDescending() != isBackwards;
      if (i >= order.size()) {
        keys.add(new PlanNode.SortKey(fields.of(collection, field.name()), isDescending));
      } else if (!order.get(i).path().equals(List.of(field.name()))
          || order.get(i).isDescending() != isDescending) {
        return List.of();
      }
    }
    if (isBackwards) {
      keys.add(new PlanNode.SortKey(fields.of(collection, Fields.DOC_ID), true));
    }
    return keys;
  }

  /** The first index that begins with the field, when every field in it has one value. */
  private Optional<IndexDescription> scalarIndex(CollectionVersion collection, String fieldName) {
    return index(collection, fieldName)
        .filter(
            index ->
                index.fields().stream()
                    .allMatch(
                        it ->
                            fields.find(collection, it.name()).filter(this::isScalar).isPresent()));
  }

  /** The first index that begins with the field. */
  private static Optional<IndexDescription> index(CollectionVersion collection, String fieldName) {
    return collection.indexes().stream()
        .filter(it -> it.fields().get(0).name().equals(fieldName))
        .findFirst();
  }

  private boolean isScalar(Expression expression) {
    return !expression.valueKind().isArray() && expression.valueKind() != FieldKind.JSON;
  }
}
