package io.defradb.query.explain;

import io.defradb.query.plan.Relation;
import io.defradb.query.plan.Relations;
import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The joins of one selection: what is selected of related documents, what aggregates run over and
 * is not selected alike, and what only the filter asks about.
 */
final class Joins {
  private final Relations relations;
  private final CollectionVersion collection;
  private final List<Join> found = new ArrayList<>();

  private Joins(Relations relations, CollectionVersion collection) {
    this.relations = relations;
    this.collection = collection;
  }

  /** One join; {@code related}: the selection on its other side. */
  record Join(Relation relation, Select related) {}

  static List<Join> of(
      Relations relations,
      CollectionVersion collection,
      List<Selection> selections,
      @Nullable Filter filter) {
    var joins = new Joins(relations, collection);
    joins.addSelected(selections);
    joins.addAggregated(selections);
    joins.addFiltered(filter);
    return joins.found;
  }

  private void addSelected(List<Selection> selections) {
    for (Selection selection : selections) {
      if (selection instanceof Select select) {
        add(select.name(), select);
      }
    }
  }

  private void addAggregated(List<Selection> selections) {
    for (Selection selection : selections) {
      if (selection instanceof Aggregate aggregate) {
        for (Aggregate.Target target : aggregate.targets()) {
          Select select = Targets.select(aggregate, target);
          if (found.stream().noneMatch(it -> isAlike(it.related, select))) {
            add(target.host(), select);
          }
        }
      }
    }
  }

  private void addFiltered(@Nullable Filter filter) {
    var names = new TreeSet<String>();
    collect(filter, names);
    for (String name : names) {
      if (found.stream().noneMatch(it -> it.relation.name().equals(name))) {
        add(name, Targets.select(name, null));
      }
    }
  }

  private static void collect(@Nullable Filter filter, TreeSet<String> names) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(it -> collect(it, names));
    } else if (filter instanceof Filter.Or or) {
      or.parts().forEach(it -> collect(it, names));
    } else if (filter instanceof Filter.Not not) {
      collect(not.part(), names);
    } else if (filter instanceof Filter.OnRelation related) {
      names.add(related.name());
    }
  }

  private static boolean isAlike(Select a, Select b) {
    return a.name().equals(b.name())
        && WrittenFilter.of(a.filter()).equals(WrittenFilter.of(b.filter()))
        && a.order().equals(b.order())
        && a.limit() == b.limit()
        && a.offset() == b.offset();
  }

  private void add(String name, Select select) {
    relations.find(collection, name).ifPresent(it -> found.add(new Join(it, select)));
  }
}
