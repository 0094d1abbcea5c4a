package io.defradb.query.plan;

import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.filter.ValueOrder;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Filter;
import io.defradb.request.Mutation;
import io.defradb.request.Order;
import io.defradb.request.Page;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.Similarity;
import io.defradb.request.TypeName;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans selections of documents: at the top, through relations, in groups. */
final class SelectPlanner {
  private final PlanContext context;
  private final Fields fields;
  private final ConditionPlanner conditions;
  private final AggregatePlanner aggregates;
  private final CommitPlanner commits;
  private final IndexOrder indexOrder;
  private final FilterRemains remains;
  private final SortKeys sortKeys;

  SelectPlanner(PlanContext context) {
    this.context = context;
    this.fields = new Fields(context.relations());
    this.conditions = new ConditionPlanner(context, fields, this::shown);
    this.sortKeys = new SortKeys(context, fields, conditions, this::aliases);
    this.remains = new FilterRemains(context.relations());
    this.aggregates = new AggregatePlanner(context, this);
    this.commits = new CommitPlanner(context, aggregates);
    this.indexOrder = new IndexOrder(context.relations(), fields, conditions);
  }

  Fields fields() {
    return fields;
  }

  AggregatePlanner aggregates() {
    return aggregates;
  }

  CommitPlanner commits() {
    return commits;
  }

  /** A selection at the top. */
  SelectPlan top(Select select) {
    CollectionVersion collection = context.collection(select.collection());
    if (select.cid() != null && !collection.isView()) {
      return over(
          new PlanNode.AsOf(collection, select.cid(), select.docIds(), select.isDeletedShown()),
          collection,
          select);
    }
    return over(leaf(collection, select.docIds(), select.isDeletedShown()), collection, select);
  }

  /** The rows of a view as its query answers them now. */
  PlanNode.View viewRows(CollectionVersion view) {
    return context.view(view, this::top);
  }

  /** Documents by DocID, each once, or all of them; of a view its rows, which have no DocID. */
  PlanNode leaf(
      CollectionVersion collection, @Nullable List<String> docIds, boolean isDeletedShown) {
    if (collection.isView() && docIds == null) {
      return collection.isMaterialized() ? new PlanNode.KeptView(collection) : viewRows(collection);
    }
    if (docIds == null) {
      return new PlanNode.Scan(collection, isDeletedShown);
    }
    List<DocId> sorted = new TreeSet<>(docIds).stream().map(DocId::new).toList();
    return new PlanNode.DocIdLookup(collection, sorted, isDeletedShown);
  }

  /** The steps of {@code select} over a leaf that already obeys its docIDs and its cid. */
  SelectPlan over(PlanNode leaf, CollectionVersion collection, Select select) {
    return over(leaf, collection, select, Surroundings.TOP);
  }

  private SelectPlan over(
      PlanNode leaf, CollectionVersion collection, Select select, Surroundings around) {
    Grouping.check(select.groupBy(), select.selections());
    Map<String, Expression> aliases = aliases(collection, select.selections());
    Filter filter = remains.of(collection, select);
    Surroundings inside = around.inside(collection, select);
    var pipeline = new Pipeline(leaf);
    List<PlanNode.SortKey> keysOfOrder =
        sortKeys.of(collection, select.selections(), select.order(), aliases);
    if (select.groupBy() == null) {
      List<PlanNode.SortKey> keysOfIndex =
          keysOfIndex(leaf, collection, select.filter(), select.order());
      pipeline
          .filter(condition(collection, filter, aliases, select.selections()))
          .sort(joined(keysOfOrder, keysOfIndex));
    } else {
      FilterSplit split = FilterSplit.of(filter);
      List<PlanNode.SortKey> keysOfIndex =
          leaf instanceof PlanNode.Scan
              ? indexOrder.ofGroups(collection, select.filter(), select.order())
              : List.of();
      pipeline
          .filter(condition(collection, split.beforeGrouping(), aliases))
          .sort(joined(keysOfInnerGroups(collection, select.selections()), keysOfIndex));
      var keys = new ArrayList<Expression>();
      for (String name : select.groupBy()) {
        Expression key = fields.groupKey(collection, name);
        if (key instanceof Expression.RelatedId || inside.isFetched(name)) {
          keys.add(key);
        }
      }
      GroupUse use = GroupUse.of(select.selections(), aliases);
      pipeline.group(keys, use, alternate(collection, select.selections()));
      pipeline.filter(condition(collection, split.afterGrouping(), aliases)).sort(keysOfOrder);
    }
    if (!around.isUnlimited(select)) {
      pipeline.limit(select.page());
    }
    return new SelectPlan(
        context.rewrite(pipeline.rows()),
        outputs(collection, select.selections(), aliases, inside));
  }

  /** Only a scan of the collection can be one of an index instead. */
  private List<PlanNode.SortKey> keysOfIndex(
      PlanNode leaf, CollectionVersion collection, @Nullable Filter filter, List<Order> order) {
    return leaf instanceof PlanNode.Scan ? indexOrder.keys(collection, filter, order) : List.of();
  }

  /** Groups inside groups that are ordered decide which outer group appears first. */
  private List<PlanNode.SortKey> keysOfInnerGroups(
      CollectionVersion collection, List<Selection> selections) {
    for (Selection selection : selections) {
      if (selection instanceof Select inner
          && Grouping.isGroup(inner)
          && inner.groupBy() != null
          && inner.order().stream().allMatch(it -> it.path().size() == 1)) {
        return sortKeys.of(collection, List.of(), inner.order(), Map.of());
      }
    }
    return List.of();
  }

  /** What the first selection inside a group takes of all its members; null: all as they come. */
  private @Nullable PlanNode alternate(CollectionVersion collection, List<Selection> selections) {
    for (Selection selection : selections) {
      if (selection instanceof Select inner && Grouping.isGroup(inner)) {
        return inner.groupBy() != null
            ? null
            : changed(
                new Pipeline(restricted(new PlanNode.GroupMembers(), inner.docIds()))
                    .filter(
                        condition(
                            collection, inner.filter(), aliases(collection, inner.selections())))
                    .sort(
                        sortKeys.of(
                            collection,
                            inner.selections(),
                            inner.order(),
                            aliases(collection, inner.selections()))));
      }
    }
    for (Selection selection : selections) {
      if (selection instanceof Aggregate aggregate) {
        for (Aggregate.Target target : aggregate.targets()) {
          if (target.host().equals(Select.GROUP)) {
            return changed(aggregates.membersTaken(collection, aggregate, target));
          }
        }
      }
    }
    return null;
  }

  private @Nullable PlanNode changed(Pipeline pipeline) {
    return pipeline.rows() instanceof PlanNode.GroupMembers
        ? null
        : context.rewrite(pipeline.rows());
  }

  /** The filter and the order of an aggregate's target, over {@code leaf}. */
  Pipeline taken(PlanNode leaf, CollectionVersion collection, Aggregate.Target target) {
    return new Pipeline(leaf)
        .filter(condition(collection, target.filter(), Map.of()))
        .sort(sortKeys.of(collection, List.of(), target.order(), Map.of()));
  }

  private static List<PlanNode.SortKey> joined(
      List<PlanNode.SortKey> first, List<PlanNode.SortKey> second) {
    var keys = new ArrayList<>(first);
    keys.addAll(second);
    return keys;
  }

  /** A selection below a row: a relation's documents or a group's members. */
  private SelectPlan nested(CollectionVersion collection, Select select, Surroundings around) {
    if (select.name().equals(Select.GROUP)) {
      // Of a group no more members are answered than a limit says, and none by an offset alone.
      boolean isEmpty = !around.isUnlimited(select) && select.page().isOfNone();
      PlanNode members = restricted(AggregatePlanner.members(isEmpty), select.docIds());
      return over(members, collection, select, around);
    }
    Relation relation = context.relations().of(collection, select.name());
    return over(
        restricted(new PlanNode.Related(relation), select.docIds()),
        relation.target(),
        select.withFilter(FilterRemains.over(relation, select.filter())),
        around.related());
  }

  /** The rows that {@code select} shows of a relation, where it does not show all of them. */
  private Optional<PlanNode> shown(CollectionVersion collection, Select select) {
    boolean isWhole =
        select.filter() == null
            && select.docIds() == null
            && select.groupBy() == null
            && !select.page().isGiven();
    return isWhole
        ? Optional.empty()
        : Optional.of(nested(collection, select, Surroundings.TOP).rows());
  }

  private static PlanNode restricted(PlanNode leaf, @Nullable List<String> docIds) {
    if (docIds == null) {
      return leaf;
    }
    List<Value> wanted = new ArrayList<>();
    for (String docId : docIds) {
      wanted.add(new Value.Text(docId));
    }
    return new PlanNode.Filter(
        leaf,
        ConditionPlanner.onValue(
            new Expression.Field(Expression.Field.DOC_ID, FieldKind.ID),
            List.of(),
            new Filter.Condition.Compare("_in", new Value.Items(wanted))));
  }

  /** The rows of one aggregate's target, without outputs. */
  PlanNode rows(
      PlanNode leaf,
      CollectionVersion collection,
      Aggregate.Target target,
      @Nullable RowCondition alsoHolds) {
    // In which order rows come shows where not all are taken.
    List<PlanNode.SortKey> keysOfIndex =
        target.page().isGiven()
            ? keysOfIndex(leaf, collection, target.filter(), target.order())
            : List.of();
    return context.rewrite(
        new Pipeline(leaf)
            .filter(condition(collection, filterOf(leaf, target), Map.of()))
            .filter(alsoHolds)
            .sort(joined(sortKeys.of(collection, List.of(), target.order(), Map.of()), keysOfIndex))
            .limit(target.page())
            .rows());
  }

  private static @Nullable Filter filterOf(PlanNode leaf, Aggregate.Target target) {
    return leaf instanceof PlanNode.Related related
        ? FilterRemains.over(related.relation(), target.filter())
        : target.filter();
  }

  PlanNode matching(
      CollectionVersion collection, @Nullable List<String> docIds, @Nullable Filter filter) {
    PlanNode leaf = leaf(collection, docIds, false);
    return context.rewrite(
        new Pipeline(leaf)
            .filter(condition(collection, filter, Map.of()))
            .sort(keysOfIndex(leaf, collection, filter, List.of()))
            .rows());
  }

  /** What a mutation answers of the documents in {@code rows}. */
  SelectPlan answer(PlanNode rows, CollectionVersion collection, Mutation mutation) {
    Grouping.check(null, mutation.selections());
    Map<String, Expression> aliases = aliases(collection, mutation.selections());
    List<Output> outputs = outputs(collection, mutation.selections(), aliases, Surroundings.TOP);
    Page commits = commitsOf(mutation);
    return new SelectPlan(
        rows, outputs.stream().map(it -> limited(it, mutation.selections(), commits)).toList());
  }

  /**
   * As the reference answers: an update shows the commit it made, a delete those before its own.
   */
  private static Page commitsOf(Mutation mutation) {
    if (mutation instanceof Mutation.Delete) {
      return new Page(null, 1L);
    }
    return mutation instanceof Mutation.Create ? Page.WHOLE : new Page(1L, null);
  }

  private static Output limited(Output output, List<Selection> selections, Page commits) {
    boolean isOfCommits =
        selections.stream()
            .anyMatch(it -> it instanceof CommitSelect && it.responseName().equals(output.name()));
    if (isOfCommits && output instanceof Output.Objects objects) {
      PlanNode rows = new Pipeline(objects.plan().rows()).limit(commits).rows();
      return new Output.Objects(output.name(), new SelectPlan(rows, objects.plan().outputs()));
    }
    return output;
  }

  /** The rows of the selection below {@code collection} that {@code select} stands for. */
  SelectPlan sibling(CollectionVersion collection, Select select) {
    return nested(collection, select, Surroundings.TOP);
  }

  private @Nullable RowCondition condition(
      CollectionVersion collection, @Nullable Filter filter, Map<String, Expression> aliases) {
    return condition(collection, filter, aliases, List.of());
  }

  /** {@code selections}: what is selected beside the filter, which sees what they show. */
  private @Nullable RowCondition condition(
      CollectionVersion collection,
      @Nullable Filter filter,
      Map<String, Expression> aliases,
      List<Selection> selections) {
    return filter == null ? null : conditions.of(collection, filter, aliases, selections);
  }

  /** Every response name that stands for one value. */
  private Map<String, Expression> aliases(
      CollectionVersion collection, List<Selection> selections) {
    var aliases = new LinkedHashMap<String, Expression>();
    for (Selection selection : selections) {
      if (selection instanceof Selection.Field field) {
        fields
            .find(collection, field.name())
            .ifPresent(it -> aliases.putIfAbsent(field.responseName(), it));
      } else if (selection instanceof Aggregate aggregate) {
        aliases.putIfAbsent(
            aggregate.responseName(), aggregates.ofDocument(collection, aggregate, selections));
      } else if (selection instanceof Similarity similarity) {
        aliases.putIfAbsent(similarity.responseName(), similarity(collection, similarity));
      }
    }
    return aliases;
  }

  private Expression similarity(CollectionVersion collection, Similarity similarity) {
    if (fields.of(collection, similarity.field()) instanceof Expression.Field field) {
      return new Expression.DotProduct(field.index(), similarity.vector());
    }
    throw PlanContext.notFound(similarity.field());
  }

  private List<Output> outputs(
      CollectionVersion collection,
      List<Selection> selections,
      Map<String, Expression> aliases,
      Surroundings inside) {
    var outputs = new Outputs();
    for (Selection selection : selections) {
      if (outputs.has(selection.responseName())) {
        continue;
      }
      outputs.add(output(collection, selection, aliases, inside, selections));
    }
    return outputs.sorted();
  }

  private Output output(
      CollectionVersion collection,
      Selection selection,
      Map<String, Expression> aliases,
      Surroundings inside,
      List<Selection> siblings) {
    String name = selection.responseName();
    if (selection instanceof Selection.Field field) {
      return field(name, shownKey(fields.of(collection, field.name()), siblings));
    }
    if (selection instanceof TypeName typeName) {
      return new Output.FixedText(name, typeName.typeName());
    }
    if (selection instanceof CommitSelect version) {
      return new Output.Objects(name, commits.version(version));
    }
    if (selection instanceof Select select) {
      return objects(name, collection, select, inside);
    }
    Expression expression = aliases.get(name);
    if (expression == null) {
      throw new DefraException(ErrorCode.INTERNAL, "selection without a plan", "Name", name);
    }
    return new Output.Computed(name, expression);
  }

  /** A key that the other side holds is that of the document which is selected beside it. */
  private Expression shownKey(Expression key, List<Selection> siblings) {
    if (!(key instanceof Expression.RelatedId related)) {
      return key;
    }
    for (Selection sibling : siblings) {
      if (sibling instanceof Select select && select.name().equals(related.relation().name())) {
        RowCondition shown =
            condition(
                related.relation().target(),
                FilterRemains.over(related.relation(), select.filter()),
                Map.of(),
                select.selections());
        return shown == null
            ? key
            : new Expression.OfFirst(
                related.relation(),
                shown,
                List.of(),
                new Expression.Field(Expression.Field.DOC_ID, FieldKind.ID));
      }
    }
    return key;
  }

  private Output objects(
      String name, CollectionVersion collection, Select select, Surroundings inside) {
    SelectPlan plan = nested(collection, select, inside);
    boolean isSingle =
        !select.name().equals(Select.GROUP)
            && !context.relations().of(collection, select.name()).isMany();
    return isSingle ? new Output.SingleObject(name, plan) : new Output.Objects(name, plan);
  }

  private static Output field(String name, Expression expression) {
    return expression instanceof Expression.Field field && field.index() >= 0
        ? new Output.StoredField(name, field.index(), field.valueKind())
        : new Output.Computed(name, expression);
  }

  /** Outputs by name, each once, printed in the order of their bytes. */
  static final class Outputs {
    private final Map<String, Output> byName = new LinkedHashMap<>();

    boolean has(String name) {
      return byName.containsKey(name);
    }

    void add(Output output) {
      byName.put(output.name(), output);
    }

    List<Output> sorted() {
      var sorted = new ArrayList<>(byName.values());
      sorted.sort((a, b) -> ValueOrder.compareUtf8(a.name(), b.name()));
      return sorted;
    }
  }
}
