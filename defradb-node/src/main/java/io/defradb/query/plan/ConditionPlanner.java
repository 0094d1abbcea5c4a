package io.defradb.query.plan;

import io.defradb.query.filter.FieldTests;
import io.defradb.request.Filter;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes conditions on rows out of a written filter. */
final class ConditionPlanner {
  private final PlanContext context;
  private final Fields fields;
  private final Shown shown;

  ConditionPlanner(PlanContext context, Fields fields, Shown shown) {
    this.context = context;
    this.fields = fields;
    this.shown = shown;
  }

  /** The rows that a selection shows of a relation; empty: all of them. */
  interface Shown {
    Optional<PlanNode> of(CollectionVersion collection, Select select);
  }

  /** {@code aliases}: what {@code _alias} can name. */
  RowCondition of(CollectionVersion collection, Filter filter, Map<String, Expression> aliases) {
    return of(collection, filter, aliases, List.of());
  }

  /** {@code selections}: those beside the filter. It sees of a relation what they show of it. */
  RowCondition of(
      CollectionVersion collection,
      Filter filter,
      Map<String, Expression> aliases,
      List<Selection> selections) {
    if (filter instanceof Filter.And and) {
      return new RowCondition.All(each(collection, and.parts(), aliases, selections));
    }
    if (filter instanceof Filter.Or or) {
      return new RowCondition.Any(each(collection, or.parts(), aliases, selections));
    }
    if (filter instanceof Filter.Not not) {
      return new RowCondition.Not(of(collection, not.part(), aliases, selections));
    }
    if (filter instanceof Filter.OnField field) {
      Expression expression = fields.of(collection, field.name());
      return onValue(expression, field.path(), field.condition());
    }
    if (filter instanceof Filter.OnAlias alias) {
      Expression expression = aliases.get(alias.alias());
      if (expression == null) {
        throw PlanContext.notFound(alias.alias());
      }
      return onValue(expression, List.of(), alias.condition());
    }
    return related(collection, (Filter.OnRelation) filter, selections);
  }

  static RowCondition onValue(
      Expression expression, List<String> path, Filter.Condition condition) {
    return new RowCondition.OnValue(
        expression, path, FieldTests.of(expression.valueKind(), condition), condition);
  }

  private RowCondition related(
      CollectionVersion collection, Filter.OnRelation filter, List<Selection> selections) {
    Relation relation = context.relations().of(collection, filter.name());
    Optional<Select> beside =
        relation.isEmbedded() ? Optional.empty() : selectionOf(filter.name(), selections);
    List<Selection> inside = beside.map(Select::selections).orElse(List.of());
    RowCondition condition = of(relation.target(), filter.filter(), Map.of(), inside);
    PlanNode matching = new PlanNode.Filter(new PlanNode.Scan(relation.target(), false), condition);
    // An empty filter asks whether there is a related document at all.
    boolean isMetByNone =
        !relation.isMany()
            && !relation.isEmbedded()
            && !filter.filter().equals(new Filter.And(List.of()))
            && RowCondition.holdsForNothing(condition);
    return beside
        .flatMap(it -> shown.of(collection, it))
        .<RowCondition>map(it -> new RowCondition.HasShown(it, condition, isMetByNone))
        .orElseGet(
            () ->
                new RowCondition.HasRelated(
                    relation, condition, context.rewrite(matching), isMetByNone));
  }

  private static Optional<Select> selectionOf(String relation, List<Selection> selections) {
    return selections.stream()
        .filter(Select.class::isInstance)
        .map(Select.class::cast)
        .filter(it -> it.name().equals(relation))
        .findFirst();
  }

  private List<RowCondition> each(
      CollectionVersion collection,
      List<Filter> parts,
      Map<String, Expression> aliases,
      List<Selection> selections) {
    var conditions = new ArrayList<RowCondition>(parts.size());
    for (Filter part : parts) {
      conditions.add(of(collection, part, aliases, selections));
    }
    return conditions;
  }
}
