package io.defradb.query.plan;

import io.defradb.query.filter.FieldTests;
import io.defradb.request.Filter;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes conditions on rows out of a written filter. */
final class ConditionPlanner {
  private final PlanContext context;
  private final Fields fields;

  ConditionPlanner(PlanContext context, Fields fields) {
    this.context = context;
    this.fields = fields;
  }

  /** {@code aliases}: what {@code _alias} can name. */
  RowCondition of(CollectionVersion collection, Filter filter, Map<String, Expression> aliases) {
    if (filter instanceof Filter.And and) {
      return new RowCondition.All(each(collection, and.parts(), aliases));
    }
    if (filter instanceof Filter.Or or) {
      return new RowCondition.Any(each(collection, or.parts(), aliases));
    }
    if (filter instanceof Filter.Not not) {
      return new RowCondition.Not(of(collection, not.part(), aliases));
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
    return related(collection, (Filter.OnRelation) filter);
  }

  static RowCondition onValue(
      Expression expression, List<String> path, Filter.Condition condition) {
    return new RowCondition.OnValue(
        expression, path, FieldTests.of(expression.valueKind(), condition), condition);
  }

  private RowCondition related(CollectionVersion collection, Filter.OnRelation filter) {
    Relation relation = context.relations().of(collection, filter.name());
    RowCondition condition = of(relation.target(), filter.filter(), Map.of());
    PlanNode matching = new PlanNode.Filter(new PlanNode.Scan(relation.target(), false), condition);
    // An empty filter asks whether there is a related document at all.
    boolean isMetByNone =
        !relation.isMany()
            && !relation.isEmbedded()
            && !filter.filter().equals(new Filter.And(List.of()))
            && RowCondition.holdsForNothing(condition);
    return new RowCondition.HasRelated(relation, condition, context.rewrite(matching), isMetByNone);
  }

  private List<RowCondition> each(
      CollectionVersion collection, List<Filter> parts, Map<String, Expression> aliases) {
    var conditions = new ArrayList<RowCondition>(parts.size());
    for (Filter part : parts) {
      conditions.add(of(collection, part, aliases));
    }
    return conditions;
  }
}
