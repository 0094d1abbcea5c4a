package io.defradb.query.explain;

import io.defradb.query.plan.Relation;
import io.defradb.query.plan.Relations;
import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The joins of one selection: what is selected of related documents, what only the filter or the
 * order asks about, what aggregates run over that is not there alike, and relations whose key alone
 * is asked for.
 */
final class Joins {
  private static final String KEY_SUFFIX = "_id";

  private final Relations relations;
  private final CollectionVersion collection;
  private final List<Join> found = new ArrayList<>();

  private Joins(Relations relations, CollectionVersion collection) {
    this.relations = relations;
    this.collection = collection;
  }

  /**
   * One join.
   *
   * @param related the selection on its other side
   * @param isAnswered it is asked for, not only tested or sorted by
   */
  record Join(Relation relation, Select related, boolean isAnswered) {}

  static List<Join> of(
      Relations relations,
      CollectionVersion collection,
      List<Selection> selections,
      @Nullable Filter filter,
      List<Order> order) {
    var joins = new Joins(relations, collection);
    joins.addSelected(selections);
    joins.addFiltered(filter);
    joins.addOrdered(order);
    joins.addAggregated(selections);
    joins.addKeys(selections, filter, order);
    return joins.found;
  }

  private void addSelected(List<Selection> selections) {
    for (Selection selection : selections) {
      if (selection instanceof Select select) {
        add(select.name(), select, true);
      }
    }
  }

  private void addAggregated(List<Selection> selections) {
    for (Selection selection : selections) {
      if (selection instanceof Aggregate aggregate) {
        for (Aggregate.Target target : aggregate.targets()) {
          addAggregated(target.host(), Targets.select(aggregate, target));
        }
      }
    }
  }

  private void addAggregated(String host, Select select) {
    for (int i = 0; i < found.size(); i++) {
      Join join = found.get(i);
      if (isAlike(join.related, select)) {
        found.set(i, new Join(join.relation, join.related, true));
        return;
      }
    }
    add(host, select, true);
  }

  private void addFiltered(@Nullable Filter filter) {
    var inner = new TreeMap<String, List<Filter>>();
    collect(filter, inner);
    inner.forEach(
        (name, filters) -> {
          addMissing(name);
          for (int i = 0; i < found.size(); i++) {
            Join join = found.get(i);
            if (join.relation.name().equals(name)) {
              found.set(
                  i, new Join(join.relation, withNested(join.related, filters), join.isAnswered));
              return;
            }
          }
        });
  }

  /** The selection joins what its filter from outside asks about, too. */
  private static Select withNested(Select select, List<Filter> filters) {
    var inner = new TreeMap<String, List<Filter>>();
    filters.forEach(it -> collect(it, inner));
    List<Selection> selections = new ArrayList<>(select.selections());
    inner.forEach(
        (name, below) -> {
          boolean isThere =
              selections.stream().anyMatch(it -> it instanceof Select at && at.name().equals(name));
          if (!isThere) {
            selections.add(withNested(Targets.select(name, null), below));
          }
        });
    return new Select(
        select.responseName(),
        select.name(),
        select.collection(),
        select.docIds(),
        select.cid(),
        select.filter(),
        select.writtenOrder(),
        select.groupBy(),
        select.page(),
        select.isDeletedShown(),
        selections);
  }

  private void addOrdered(List<Order> orders) {
    for (Order order : orders) {
      if (order.path().size() > 1) {
        addMissing(order.path().get(0));
      }
    }
  }

  /** The key of a relation is read off the related document. */
  private void addKeys(List<Selection> selections, @Nullable Filter filter, List<Order> orders) {
    var names = new TreeSet<String>();
    IndexChoice.collect(filter, names);
    for (Order order : orders) {
      if (order.path().size() == 1) {
        names.add(order.path().get(0));
      }
    }
    for (Selection selection : selections) {
      if (selection instanceof Selection.Field field) {
        names.add(field.name());
      }
    }
    for (String name : names) {
      if (name.endsWith(KEY_SUFFIX)) {
        addMissing(name.substring(0, name.length() - KEY_SUFFIX.length()));
      }
    }
  }

  private void addMissing(String name) {
    if (found.stream().noneMatch(it -> it.relation.name().equals(name))) {
      add(name, Targets.select(name, null), false);
    }
  }

  private static void collect(@Nullable Filter filter, Map<String, List<Filter>> names) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(it -> collect(it, names));
    } else if (filter instanceof Filter.Or or) {
      or.parts().forEach(it -> collect(it, names));
    } else if (filter instanceof Filter.Not not) {
      collect(not.part(), names);
    } else if (filter instanceof Filter.OnRelation related) {
      names.computeIfAbsent(related.name(), it -> new ArrayList<>()).add(related.filter());
    }
  }

  static boolean isAlike(Select a, Select b) {
    return a.name().equals(b.name())
        && WrittenFilter.of(a.filter()).equals(WrittenFilter.of(b.filter()))
        && Objects.equals(a.writtenOrder(), b.writtenOrder())
        && a.page().equals(b.page());
  }

  private void add(String name, Select select, boolean isAnswered) {
    relations.find(collection, name).ifPresent(it -> found.add(new Join(it, select, isAnswered)));
  }
}
