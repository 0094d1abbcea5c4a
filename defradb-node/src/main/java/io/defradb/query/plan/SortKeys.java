package io.defradb.query.plan;

import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes sort keys out of orders: fields, aliases, and both through single relations. */
final class SortKeys {
  static final String ALIAS = "_alias";

  private final PlanContext context;
  private final Fields fields;
  private final ConditionPlanner conditions;
  private final BiFunction<CollectionVersion, List<Selection>, Map<String, Expression>> aliasesOf;

  /** {@code aliasesOf}: the response names among selections that stand for one value. */
  SortKeys(
      PlanContext context,
      Fields fields,
      ConditionPlanner conditions,
      BiFunction<CollectionVersion, List<Selection>, Map<String, Expression>> aliasesOf) {
    this.context = context;
    this.fields = fields;
    this.conditions = conditions;
    this.aliasesOf = aliasesOf;
  }

  /** {@code selections}: what is selected of {@code collection}; paths may go on inside them. */
  List<PlanNode.SortKey> of(
      CollectionVersion collection,
      List<Selection> selections,
      List<Order> orders,
      Map<String, Expression> aliases) {
    var keys = new ArrayList<PlanNode.SortKey>(orders.size());
    for (Order order : orders) {
      keys.add(
          new PlanNode.SortKey(
              sortExpression(collection, selections, order.path(), aliases), order.isDescending()));
    }
    return keys;
  }

  private Expression sortExpression(
      CollectionVersion collection,
      List<Selection> selections,
      List<String> path,
      Map<String, Expression> aliases) {
    boolean isAlias = path.get(0).equals(ALIAS);
    List<String> names = isAlias ? path.subList(1, path.size()) : path;
    if (names.isEmpty()) {
      throw PlanContext.notFound(ALIAS);
    }
    String first = names.get(0);
    if (names.size() == 1) {
      Expression expression = isAlias ? aliases.get(first) : fields.of(collection, first);
      if (expression == null) {
        throw PlanContext.notFound(first);
      }
      return expression;
    }
    Optional<Select> selected =
        selections.stream()
            .filter(Select.class::isInstance)
            .map(Select.class::cast)
            .filter(it -> first.equals(isAlias ? it.responseName() : it.name()))
            .findFirst();
    String relationName = isAlias ? selected.map(Select::name).orElse(first) : first;
    Relation relation =
        context
            .relations()
            .find(collection, relationName)
            .orElseThrow(() -> PlanContext.notFound(first));
    List<Selection> inside = selected.map(Select::selections).orElse(List.of());
    Expression inner =
        sortExpression(
            relation.target(),
            inside,
            names.subList(1, names.size()),
            aliasesOf.apply(relation.target(), inside));
    // What is sorted by is what is answered: unset where the selection's filter leaves it out.
    RowCondition shown = selected.map(it -> shown(relation, it)).orElse(null);
    return shown == null
        ? new Expression.Through(relation, inner)
        : new Expression.OfFirst(relation, shown, List.of(), inner);
  }

  private @Nullable RowCondition shown(Relation relation, Select selected) {
    return selected.filter() == null
        ? null
        : conditions.of(relation.target(), selected.filter(), Map.of(), List.of());
  }
}
