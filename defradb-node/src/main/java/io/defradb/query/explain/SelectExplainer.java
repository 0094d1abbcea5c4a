package io.defradb.query.explain;

import io.defradb.db.Catalog;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Cid;
import io.defradb.query.plan.Grouping;
import io.defradb.query.plan.Relation;
import io.defradb.query.plan.Relations;
import io.defradb.query.plan.ViewQueries;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Filter;
import io.defradb.request.Mutation;
import io.defradb.request.Order;
import io.defradb.request.Page;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.Similarity;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Selections of documents as nodes, from outside in: limit, order, aggregates, group, select. */
final class SelectExplainer {
  private final Catalog catalog;
  private final Relations relations;
  private final boolean isSimple;
  private final ViewQueries views;

  SelectExplainer(Catalog catalog, Relations relations, boolean isSimple, ViewQueries views) {
    this.catalog = catalog;
    this.relations = relations;
    this.isSimple = isSimple;
    this.views = views;
  }

  static String nodeName(String function) {
    return switch (function) {
      case "_count" -> "countNode";
      case "_sum" -> "sumNode";
      case "_min" -> "minNode";
      case "_max" -> "maxNode";
      default -> "averageNode";
    };
  }

  Value top(CollectionVersion collection, Select select, @Nullable List<String> docIds) {
    List<String> prefixes = prefixes(collection, docIds);
    return Tree.of("selectTopNode", rows(collection, select, prefixes));
  }

  /** What {@code create} answers: the scan has no prefixes yet. */
  Value created(CollectionVersion collection, Mutation.Create create) {
    Select select = select(create, null, null);
    return rows(collection, select, List.of());
  }

  Value change(
      String name,
      CollectionVersion collection,
      Mutation mutation,
      @Nullable List<String> docIds,
      @Nullable Filter filter,
      Tree attributes) {
    Select select = select(mutation, docIds, filter);
    Value rows = rows(collection, select, prefixes(collection, docIds));
    return Tree.of(name, attributes.with("selectTopNode", rows).done());
  }

  static Select select(Mutation mutation, @Nullable List<String> docIds, @Nullable Filter filter) {
    return new Select(
        mutation.responseName(),
        mutation.collection(),
        mutation.collection(),
        docIds,
        null,
        filter,
        null,
        null,
        Page.WHOLE,
        false,
        mutation.selections());
  }

  private List<String> prefixes(CollectionVersion collection, @Nullable List<String> docIds) {
    String prefix = "/" + catalog.shortId(collection.collectionId());
    return docIds == null || docIds.isEmpty()
        ? List.of(prefix)
        : docIds.stream().map(it -> prefix + "/" + it).toList();
  }

  private Value rows(CollectionVersion collection, Select select, List<String> prefixes) {
    if (select.groupBy() == null) {
      Grouping.check(null, select.selections());
    }
    if (select.cid() != null) {
      Cid.fromText(select.cid());
    }
    Value rows = Tree.of("selectNode", selectNode(collection, select, prefixes));
    if (select.groupBy() != null) {
      rows = grouped(collection, select, rows);
    }
    List<Selection> selections = select.selections();
    rows = computed(selections, rows);
    boolean isOrderedByIndex = IndexChoice.isOrdered(relations, collection, select);
    Value ordered =
        isOrderedByIndex ? rows : ordered(named(select.writtenOrder(), selections), rows);
    return limited(select.page(), ordered);
  }

  /** What is computed for every row, the last of it first. */
  Value computed(List<Selection> selections, Value rows) {
    Value computed = rows;
    List<Aggregate> dependencies = Dependencies.of(selections);
    for (int i = dependencies.size() - 1; i >= 0; i--) {
      computed = aggregated(dependencies.get(i), computed);
    }
    for (int i = selections.size() - 1; i >= 0; i--) {
      if (selections.get(i) instanceof Aggregate aggregate) {
        computed = aggregated(aggregate, computed);
      } else if (selections.get(i) instanceof Similarity) {
        computed = Tree.of("similarityNode", computed);
      }
    }
    return computed;
  }

  /** An alias that is sorted by shows as what it stands for. */
  private static @Nullable List<Order> named(
      @Nullable List<Order> orders, List<Selection> selections) {
    return orders == null ? null : orders.stream().map(it -> named(it, selections)).toList();
  }

  private static Order named(Order order, List<Selection> selections) {
    if (order.path().size() != 2 || !order.path().get(0).equals("_alias")) {
      return order;
    }
    for (Selection selection : selections) {
      if (selection.responseName().equals(order.path().get(1))) {
        if (selection instanceof Aggregate aggregate) {
          return new Order(List.of(aggregate.function()), order.isDescending());
        }
        if (selection instanceof Selection.Field field) {
          return new Order(List.of(field.name()), order.isDescending());
        }
        return order;
      }
    }
    throw new DefraException(
        ErrorCode.FIELD_NOT_FOUND, "field or alias not found", "Name", order.path().get(1));
  }

  /** {@code order} null: none is given. */
  Value ordered(@Nullable List<Order> order, Value rows) {
    return order == null
        ? rows
        : Tree.of("orderNode", over(rows).with(isSimple, "orderings", orderings(order)).done());
  }

  Value limited(Page page, Value rows) {
    if (!page.isGiven()) {
      return rows;
    }
    return Tree.of(
        "limitNode",
        over(rows)
            .with(isSimple, "limit", Tree.orNull(page.limit()))
            .with(isSimple, "offset", Tree.orZero(page.offset()))
            .done());
  }

  private static Tree over(Value rows) {
    var tree = new Tree();
    ((Value.Fields) rows).values().forEach(tree::with);
    return tree;
  }

  private static Value orderings(@Nullable List<Order> order) {
    if (order == null) {
      return Value.NULL;
    }
    var orderings = new ArrayList<Value>();
    for (Order it : order) {
      orderings.add(
          new Tree()
              .with("direction", new Value.Text(it.isDescending() ? "DESC" : "ASC"))
              .with("fields", Tree.texts(it.path()))
              .done());
    }
    return new Value.Items(orderings);
  }

  private Value aggregated(Aggregate aggregate, Value rows) {
    boolean isAverage = aggregate.function().equals(Targets.AVERAGE);
    boolean isCount = aggregate.function().equals("_count");
    Tree tree =
        over(rows).with(isSimple && !isAverage, "sources", Targets.sources(aggregate, isCount));
    return Tree.of(nodeName(aggregate.function()), tree.done());
  }

  private Value grouped(CollectionVersion collection, Select select, Value rows) {
    List<String> groupBy = keys(collection, select.groupBy());
    var members = new ArrayList<Value>();
    for (Select group : Targets.groups(select.selections())) {
      members.add(members(collection, group, groupBy));
    }
    return Tree.of("groupNode", group(rows, groupBy, members));
  }

  /** Groups of commits, where they are asked for: a group is selected without arguments. */
  Value grouped(CommitSelect commits, Value rows) {
    if (commits.groupBy() == null) {
      return rows;
    }
    Value member =
        new Tree()
            .with("collectionName", new Value.Text(""))
            .with("docID", Value.NULL)
            .with("filter", Value.NULL)
            .with("groupBy", Value.NULL)
            .with("limit", Value.NULL)
            .with("orderBy", Value.NULL)
            .done();
    List<Value> members = Collections.nCopies(commits.groups(), member);
    return Tree.of("groupNode", group(rows, commits.groupBy(), members));
  }

  private Value group(Value rows, List<String> groupBy, List<Value> members) {
    return over(rows)
        .with(isSimple, "groupByFields", Tree.texts(groupBy))
        .with(isSimple, "childSelects", members.isEmpty() ? Value.NULL : new Value.Items(members))
        .done();
  }

  /** What is grouped by: of a relation its key. */
  private List<String> keys(CollectionVersion collection, @Nullable List<String> groupBy) {
    return groupBy == null
        ? List.of()
        : groupBy.stream()
            .map(it -> relations.find(collection, it).isPresent() ? it + "_id" : it)
            .toList();
  }

  private Value members(CollectionVersion collection, Select group, List<String> groupByAbove) {
    List<String> groupBy =
        group.groupBy() == null ? null : new ArrayList<>(keys(collection, group.groupBy()));
    if (groupBy != null) {
      groupBy.addAll(groupByAbove);
    }
    Value limit =
        group.page().isGiven()
            ? new Tree()
                .with("limit", Tree.orZero(group.page().limit()))
                .with("offset", Tree.orZero(group.page().offset()))
                .done()
            : Value.NULL;
    return new Tree()
        .with("collectionName", new Value.Text(collection.name()))
        .with("docID", Tree.textsOrNull(group.docIds()))
        .with("filter", WrittenFilter.of(group.filter()))
        .with("groupBy", Tree.textsOrNull(groupBy))
        .with("limit", limit)
        .with("orderBy", orderings(named(group.writtenOrder(), group.selections())))
        .done();
  }

  private Value selectNode(CollectionVersion collection, Select select, List<String> prefixes) {
    Value scanned = scanned(select);
    Tree node =
        new Tree()
            .with(isSimple, "docID", Tree.textsOrNull(select.docIds()))
            .with(isSimple, "filter", tested(select.filter()));
    if (collection.isView() && isSimple) {
      Tree tested = node.with("filter", WrittenFilter.of(select.filter()));
      return collection.isMaterialized() ? tested.done() : tested.withAll(view(collection)).done();
    }
    if (collection.isView()) {
      return node.with("viewNode", view(collection)).done();
    }
    List<Joins.Join> joins =
        Joins.of(relations, collection, select.selections(), select.filter(), select.order());
    Value scan = Tree.of("scanNode", scan(collection, scanned, prefixes));
    List<Value> versions = versions(select.selections());
    if (joins.isEmpty() && !versions.isEmpty()) {
      versions.add(0, scan);
      return node.with("parallelNode", new Value.Items(versions)).done();
    }
    if (joins.isEmpty()) {
      boolean isPiped = !isSimple && select.groupBy() != null;
      return isPiped
          ? node.with("pipeNode", scan).done()
          : node.with("scanNode", scan(collection, scanned, prefixes)).done();
    }
    boolean isShared = joins.size() > 1 && !isSimple;
    Value root = isShared ? Tree.of("multiScanNode", scan) : scan;
    if (joins.size() == 1 && versions.isEmpty()) {
      Value joined = join(joins.get(0), collection, root);
      boolean isPiped = !isSimple && select.groupBy() != null;
      return isPiped
          ? node.with("pipeNode", Tree.of("typeIndexJoin", joined)).done()
          : node.with("typeIndexJoin", joined).done();
    }
    var parallel = new ArrayList<Value>();
    for (Joins.Join join : joins) {
      parallel.add(Tree.of("typeIndexJoin", join(join, collection, root)));
    }
    parallel.addAll(versions);
    return node.with("parallelNode", new Value.Items(parallel)).done();
  }

  /** How a view's rows are made; those of a materialized one are only read. */
  private Value view(CollectionVersion view) {
    if (view.isMaterialized()) {
      return Tree.of("cachedViewFetcher", new Tree().done());
    }
    Select source = views.of(view, catalog);
    return top(Explainer.collection(catalog, source.collection()), source, source.docIds());
  }

  /** What reads the commits of every row's document. */
  private List<Value> versions(List<Selection> selections) {
    List<Value> versions = new ArrayList<>();
    for (Selection selection : selections) {
      if (selection instanceof CommitSelect) {
        Tree commits =
            new Tree()
                .with(isSimple, "cid", Value.NULL)
                .with(isSimple, "fieldName", Value.NULL)
                .with(isSimple, "prefixes", Tree.texts(List.of()));
        versions.add(Tree.of("dagScanNode", commits.done()));
      }
    }
    return versions;
  }

  /** What is tested after the joins: all of it, when a condition is about related documents. */
  private static Value tested(@Nullable Filter filter) {
    return WrittenFilter.isComplex(filter)
        ? WrittenFilter.of(filter)
        : WrittenFilter.part(filter, true);
  }

  /** The filter of the scan: what is asked of an aggregate by its alias is tested there. */
  private static Value scanned(Select select) {
    List<String> computed =
        select.selections().stream()
            .filter(it -> it instanceof Aggregate || it instanceof Similarity)
            .map(Selection::responseName)
            .toList();
    List<Filter> parts = WrittenFilter.parts(select.filter());
    List<Filter> kept =
        parts.stream()
            .filter(it -> !(it instanceof Filter.OnAlias alias && computed.contains(alias.alias())))
            .toList();
    if (WrittenFilter.isComplex(select.filter())) {
      return Value.NULL;
    }
    return kept.isEmpty() && !parts.isEmpty()
        ? new Tree().done()
        : WrittenFilter.part(new Filter.And(kept), false);
  }

  private Value scan(CollectionVersion collection, Value filter, List<String> prefixes) {
    return new Tree()
        .with(isSimple, "collectionID", new Value.Text(collection.collectionId()))
        .with(isSimple, "collectionName", new Value.Text(collection.name()))
        .with(isSimple, "filter", filter)
        .with(isSimple, "prefixes", Tree.texts(prefixes))
        .done();
  }

  private Value join(Joins.Join join, CollectionVersion from, Value root) {
    Relation relation = join.relation();
    String type = relation.isMany() ? "typeJoinMany" : "typeJoinOne";
    CollectionVersion target = relation.target();
    Value related =
        Tree.of(
            "selectTopNode",
            rows(target, join.related(), prefixes(target, join.related().docIds())));
    if (!isSimple) {
      return Tree.of(type, new Tree().with("root", root).with("subType", related).done());
    }
    String direction = relation.isPrimary() ? "primary" : "secondary";
    String rootName = otherSide(from, relation);
    return new Tree()
        .with("joinType", new Value.Text(type))
        .with(!relation.isMany(), "direction", new Value.Text(direction))
        .with("root", root)
        .with(!rootName.isEmpty(), "rootName", new Value.Text(rootName))
        .with("subType", related)
        .with("subTypeName", new Value.Text(relation.name()))
        .done();
  }

  /** The relation's field on the far side; empty when it has none. */
  static String otherSide(CollectionVersion from, Relation relation) {
    String relationName =
        from.field(relation.name()).map(CollectionField::relationName).orElse(null);
    for (CollectionField field : relation.target().fields()) {
      boolean isItself =
          from.collectionId().equals(relation.target().collectionId())
              && field.name().equals(relation.name());
      if (field.kind().isRelation()
          && !isItself
          && Objects.equals(field.relationName(), relationName)) {
        return field.name();
      }
    }
    return "";
  }
}
