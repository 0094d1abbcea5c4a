package io.defradb.query.plan;

import io.defradb.document.Value;
import io.defradb.query.filter.FieldTests;
import io.defradb.query.filter.ValueTest;
import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans aggregates over collections, relations, groups, arrays and links. */
final class AggregatePlanner {
  static final String COUNT = "_count";
  static final String AVERAGE = "_avg";
  static final Filter.Condition IS_SET = new Filter.Condition.Compare("_ne", Value.NULL);

  private static final String VERSION = "_version";
  private static final String LINKS = "links";

  private final PlanContext context;
  private final SelectPlanner selects;

  AggregatePlanner(PlanContext context, SelectPlanner selects) {
    this.context = context;
    this.selects = selects;
  }

  /** Over whole collections: hosts are collection names. */
  Expression.Aggregated top(Aggregate aggregate) {
    var targets = new ArrayList<AggregateTarget>();
    for (Aggregate.Target target : aggregate.targets()) {
      CollectionVersion collection = context.collection(target.host());
      boolean isView = collection.isView();
      if (aggregate.function().equals(COUNT) && target.filter() == null && !isView) {
        targets.add(
            new AggregateTarget.WholeCollection(
                collection, target.page().skipped(), target.page().taken()));
      } else {
        targets.add(rows(aggregate, target, selects.leaf(collection, null, false), collection));
      }
    }
    return new Expression.Aggregated(context.nextSlot(), aggregate.function(), targets);
  }

  /** Of a document or group; {@code siblings}: the selections it stands among. */
  Expression.Aggregated ofDocument(
      CollectionVersion collection, Aggregate aggregate, List<Selection> siblings) {
    var targets = new ArrayList<AggregateTarget>();
    for (Aggregate.Target target : aggregate.targets()) {
      KnownRelations.check(aggregate, target, siblings);
      targets.add(target(collection, aggregate, target, siblings));
    }
    return new Expression.Aggregated(context.nextSlot(), aggregate.function(), targets);
  }

  /** Of a commit or a group of commits. */
  Expression.Aggregated ofCommit(Aggregate aggregate) {
    var targets = new ArrayList<AggregateTarget>();
    for (Aggregate.Target target : aggregate.targets()) {
      if (target.host().equals(LINKS)) {
        targets.add(new AggregateTarget.Links());
      } else if (target.host().equals(Select.GROUP)) {
        PlanNode rows = new Pipeline(new PlanNode.GroupMembers()).limit(target.page()).rows();
        targets.add(new AggregateTarget.Rows(rows, commitValue(target.field())));
      } else {
        throw PlanContext.notFound(target.host());
      }
    }
    return new Expression.Aggregated(context.nextSlot(), aggregate.function(), targets);
  }

  private static @Nullable Expression commitValue(@Nullable String field) {
    return field == null
        ? null
        : CommitField.byName(field).orElseThrow(() -> PlanContext.notFound(field)).expression();
  }

  private AggregateTarget target(
      CollectionVersion collection,
      Aggregate aggregate,
      Aggregate.Target target,
      List<Selection> siblings) {
    String host = target.host();
    if (target.isOfAggregates()) {
      Optional<AggregateTarget> inner = ofInnerAggregate(collection, target, siblings);
      if (inner.isPresent()) {
        return inner.get();
      }
    }
    Optional<Select> beside = shownBeside(aggregate, target, siblings);
    if (beside.isPresent()) {
      return shown(collection, beside.get(), target);
    }
    if (host.equals(Select.GROUP)) {
      return rows(aggregate, target, members(target), collection);
    }
    if (host.equals(VERSION)) {
      PlanNode rows = new Pipeline(new PlanNode.DocumentCommits()).limit(target.page()).rows();
      return new AggregateTarget.Rows(rows, commitValue(target.field()));
    }
    Optional<Relation> relation = context.relations().find(collection, host);
    if (relation.isPresent()) {
      return rows(aggregate, target, new PlanNode.Related(relation.get()), relation.get().target());
    }
    return elements(collection, aggregate, target);
  }

  /**
   * The selection beside an aggregate that has its filter, order and limit: as in the reference the
   * aggregate is one of what that shows, though it be groups or some documents only.
   */
  private static Optional<Select> shownBeside(
      Aggregate aggregate, Aggregate.Target target, List<Selection> siblings) {
    return siblings.stream()
        .filter(Select.class::isInstance)
        .map(Select.class::cast)
        .filter(
            it ->
                it.name().equals(target.host())
                    && Objects.equals(asked(it.filter()), asked(target.filter()))
                    && Objects.equals(it.writtenOrder(), target.writtenOrder())
                    && it.page().equals(target.page()))
        .findFirst()
        .filter(it -> it.groupBy() != null || it.docIds() != null)
        .filter(it -> !aggregate.function().equals(AVERAGE));
  }

  /** An empty filter is none. */
  private static @Nullable Filter asked(@Nullable Filter filter) {
    return filter instanceof Filter.And and && and.parts().isEmpty() ? null : filter;
  }

  private AggregateTarget shown(
      CollectionVersion collection, Select select, Aggregate.Target target) {
    CollectionVersion of =
        select.name().equals(Select.GROUP)
            ? collection
            : context.relations().of(collection, select.name()).target();
    return new AggregateTarget.Rows(
        selects.sibling(collection, select).rows(),
        target.field() == null ? null : selects.fields().of(of, target.field()));
  }

  /** The members of groups that one target takes, before its limit. */
  Pipeline membersTaken(
      CollectionVersion collection, Aggregate aggregate, Aggregate.Target target) {
    if (target.isOfAggregates()) {
      return new Pipeline(new PlanNode.GroupMembers());
    }
    String field = target.field();
    Pipeline taken = selects.taken(new PlanNode.GroupMembers(), collection, target);
    return field != null && aggregate.function().equals(AVERAGE)
        ? taken.filter(
            ConditionPlanner.onValue(selects.fields().of(collection, field), List.of(), IS_SET))
        : taken;
  }

  /** As of an array: where a limit is given, or an offset alone, no more than that many count. */
  private static PlanNode members(Aggregate.Target target) {
    return members(target.page().isOfNone());
  }

  static PlanNode members(boolean isEmpty) {
    return isEmpty
        ? new PlanNode.Filter(new PlanNode.GroupMembers(), new RowCondition.Any(List.of()))
        : new PlanNode.GroupMembers();
  }

  private AggregateTarget rows(
      Aggregate aggregate, Aggregate.Target target, PlanNode leaf, CollectionVersion collection) {
    if (target.field() == null) {
      return new AggregateTarget.Rows(selects.rows(leaf, collection, target, null), null);
    }
    Expression value = selects.fields().of(collection, target.field());
    // An average leaves out what is unset before it limits, all others after.
    RowCondition isSet =
        aggregate.function().equals(AVERAGE)
            ? ConditionPlanner.onValue(value, List.of(), IS_SET)
            : null;
    return new AggregateTarget.Rows(selects.rows(leaf, collection, target, isSet), value);
  }

  /** {@code _sum(_group: {field: _sum})}: over the same aggregate of the selection beside it. */
  private Optional<AggregateTarget> ofInnerAggregate(
      CollectionVersion collection, Aggregate.Target target, List<Selection> siblings) {
    for (Selection sibling : siblings) {
      if (!(sibling instanceof Select select) || !select.name().equals(target.host())) {
        continue;
      }
      for (Selection inner : select.selections()) {
        if (inner instanceof Aggregate aggregate
            && (aggregate.function().equals(target.field())
                || aggregate.responseName().equals(target.field()))) {
          return innerValue(selects.sibling(collection, select), aggregate.responseName());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<AggregateTarget> innerValue(SelectPlan plan, String name) {
    for (Output output : plan.outputs()) {
      if (output instanceof Output.Computed computed && computed.name().equals(name)) {
        return Optional.of(new AggregateTarget.Rows(plan.rows(), computed.expression()));
      }
    }
    return Optional.empty();
  }

  private static AggregateTarget elements(
      CollectionVersion collection, Aggregate aggregate, Aggregate.Target target) {
    CollectionField field =
        collection.field(target.host()).orElseThrow(() -> PlanContext.notFound(target.host()));
    if (!(field.kind() instanceof SchemaFieldKind.Scalar scalar)
        || scalar.kind().element() == null) {
      throw PlanContext.notFound(target.host());
    }
    ValueTest test =
        target.elementFilter() == null
            ? ValueTest.EVERYTHING
            : FieldTests.of(scalar.kind().element(), target.elementFilter());
    AggregateTarget.Elements.Sorting sorting = AggregateTarget.Elements.Sorting.AS_STORED;
    if (!target.order().isEmpty()) {
      sorting =
          target.order().get(0).isDescending()
              ? AggregateTarget.Elements.Sorting.DESCENDING
              : AggregateTarget.Elements.Sorting.ASCENDING;
    }
    Long offset = target.page().offset();
    boolean isUnlimited = target.page().taken() == 0 && !target.page().isOfNone();
    return new AggregateTarget.Elements(
        collection.place(target.host()),
        test,
        sorting,
        aggregate.function().equals(AVERAGE),
        offset == null ? 0 : offset < 0 ? Long.MAX_VALUE : offset,
        isUnlimited ? Long.MAX_VALUE : target.page().taken());
  }
}
