package io.defradb.query.explain;

import io.defradb.db.CommitReader;
import io.defradb.document.Value;
import io.defradb.query.plan.Relations;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.Similarity;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the steps of selections, the way explanations show them. */
final class StepBuilder {
  private final Measurement measurement;
  private final Relations relations;
  private final CommitReader commits;
  private final DocumentFilter filters;

  StepBuilder(Measurement measurement, Relations relations, CommitReader commits) {
    this.measurement = measurement;
    this.relations = relations;
    this.commits = commits;
    this.filters = new DocumentFilter(measurement, relations);
  }

  /** A selection's steps: the outermost, and the scan at the bottom. */
  record Built(Step top, ScanStep scan, @Nullable Filter scanFilter) {}

  /** A filter's parts: what a scan can test, and what must wait for the joins. */
  private record Split(@Nullable Filter scanned, @Nullable Filter joined) {
    static Split of(@Nullable Filter filter, boolean isJoined) {
      List<Filter> scanned = new ArrayList<>();
      List<Filter> joined = new ArrayList<>();
      boolean isComplex = false;
      for (Filter part : flat(filter)) {
        if (part instanceof Filter.OnAlias) {
          continue; // the aggregate's own node tests it
        }
        boolean isRelated = WrittenFilter.isAboutRelated(part);
        isComplex |= isRelated && !(part instanceof Filter.OnRelation);
        (isRelated ? joined : scanned).add(part);
      }
      return isComplex && isJoined
          ? new Split(null, filter)
          : new Split(joined(scanned), joined(joined));
    }

    private static List<Filter> flat(@Nullable Filter filter) {
      List<Filter> parts = new ArrayList<>();
      for (Filter part : WrittenFilter.parts(filter)) {
        if (part instanceof Filter.And and) {
          parts.addAll(flat(and));
        } else {
          parts.add(part);
        }
      }
      return parts;
    }

    private static @Nullable Filter joined(List<Filter> parts) {
      return parts.isEmpty() ? null : parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
    }
  }

  Built select(CollectionVersion collection, Select select) {
    List<Joins.Join> joins =
        Joins.of(relations, collection, select.selections(), select.filter(), select.order());
    Split filter = Split.of(select.filter(), !joins.isEmpty());
    var access = new ScanStep.Access(select.docIds(), select.cid(), select.isDeletedShown());
    IndexDescription index =
        IndexChoice.of(
            collection, filter.scanned() == null ? null : select.filter(), select.order());
    var scan =
        new ScanStep(
            measurement, filters, collection, access, filter.scanned(), index, select.order());
    List<VersionsStep> versions = versions(select.selections());
    Step source = scan;
    ScanStep first = scan;
    if (joins.size() == 1 && versions.isEmpty()) {
      JoinStep join = join(joins.get(0), collection, select, filter.joined(), scan, scan);
      source = join;
      first = join.firstScan();
    } else if (!joins.isEmpty() || !versions.isEmpty()) {
      source = parallel(joins, collection, select, scan, versions);
    }
    Filter joined = filter.joined();
    Step rows =
        new SelectStep(
            source,
            document -> joined == null || filters.holds(joined, collection, document),
            select.docIds());
    return new Built(over(rows, select, collection, first), scan, filter.scanned());
  }

  private List<VersionsStep> versions(List<Selection> selections) {
    List<VersionsStep> versions = new ArrayList<>();
    for (Selection selection : selections) {
      if (selection instanceof CommitSelect) {
        versions.add(new VersionsStep(commits));
      }
    }
    return versions;
  }

  private Step parallel(
      List<Joins.Join> joins,
      CollectionVersion collection,
      Select select,
      ScanStep scan,
      List<VersionsStep> versions) {
    if (joins.isEmpty()) {
      return new ParallelStep(List.of(scan), versions);
    }
    Step shared = new SharedScan(scan, joins.size());
    List<Step> rows = new ArrayList<>();
    for (Joins.Join join : joins) {
      rows.add(join(join, collection, select, null, shared, scan));
    }
    return new ParallelStep(rows, versions);
  }

  /** {@code joinedFilter}: null where the join must not be turned. */
  private JoinStep join(
      Joins.Join join,
      CollectionVersion collection,
      Select select,
      @Nullable Filter joinedFilter,
      Step parent,
      ScanStep parentScan) {
    Built child = select(join.relation().target(), join.related());
    boolean isTurned =
        parent == parentScan
            && !SelectExplainer.otherSide(collection, join.relation()).isEmpty()
            && (isTurnedByFilter(join, joinedFilter, child)
                || isTurnedByOrder(join, select.order(), child));
    return new JoinStep(
        join.relation(),
        parent,
        parentScan,
        child,
        isTurned,
        join.isAnswered(),
        child.scanFilter());
  }

  private static boolean isTurnedByFilter(Joins.Join join, @Nullable Filter filter, Built child) {
    List<Filter> inner = new ArrayList<>();
    for (Filter part : WrittenFilter.parts(filter)) {
      if (!(part instanceof Filter.OnRelation related)) {
        return false;
      }
      if (related.name().equals(join.relation().name())) {
        inner.add(related.filter());
      }
    }
    var whole = new Filter.And(inner);
    var names = new TreeSet<String>();
    IndexChoice.collect(whole, names);
    for (String name : names) {
      IndexDescription index = IndexChoice.on(join.relation().target(), name);
      if (index != null) {
        child.scan().readBy(index, whole, List.of());
        return true;
      }
    }
    return false;
  }

  private static boolean isTurnedByOrder(Joins.Join join, List<Order> orders, Built child) {
    if (orders.isEmpty()
        || orders.get(0).path().size() < 2
        || !orders.get(0).path().get(0).equals(join.relation().name())) {
      return false;
    }
    Order order = orders.get(0);
    IndexDescription index = IndexChoice.on(join.relation().target(), order.path().get(1));
    if (index == null) {
      return false;
    }
    List<String> rest = order.path().subList(1, order.path().size());
    child.scan().readBy(index, null, List.of(new Order(rest, order.isDescending())));
    return true;
  }

  private Step over(Step select, Select asked, CollectionVersion collection, ScanStep first) {
    Step rows = select;
    for (Selection selection : asked.selections()) {
      if (selection instanceof Similarity) {
        rows = new PassStep("similarityNode", rows);
      }
    }
    if (asked.groupBy() != null) {
      rows = grouped(rows, asked, asked.groupBy(), collection);
    }
    rows = computed(asked.selections(), rows);
    if (asked.writtenOrder() != null && !first.isOrderedByIndex()) {
      rows = new OrderStep(measurement, rows);
    }
    return asked.page().isGiven() ? new LimitStep(rows, asked.page()) : rows;
  }

  /** Computes the aggregates among the selections for every row, the last of them first. */
  static Step computed(List<Selection> selections, Step rows) {
    Step computed = rows;
    List<Aggregate> dependencies = Dependencies.of(selections);
    for (int i = dependencies.size() - 1; i >= 0; i--) {
      computed = aggregated(dependencies.get(i).function(), computed);
    }
    for (int i = selections.size() - 1; i >= 0; i--) {
      if (selections.get(i) instanceof Aggregate aggregate) {
        computed = aggregated(aggregate.function(), computed);
      }
    }
    return computed;
  }

  private static Step aggregated(String function, Step rows) {
    return new PassStep(SelectExplainer.nodeName(function), rows);
  }

  private Step grouped(
      Step rows, Select asked, List<String> groupBy, CollectionVersion collection) {
    return new GroupStep(
        measurement,
        rows,
        document -> {
          List<Value> key = new ArrayList<>();
          groupBy.forEach(name -> key.add(filters.groupKey(collection, document, name)));
          return new Value.Items(key);
        },
        Targets.groups(asked.selections()),
        (group, document) ->
            group.filter() == null || filters.holds(group.filter(), collection, document));
  }
}
