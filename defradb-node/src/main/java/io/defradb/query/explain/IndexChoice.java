package io.defradb.query.explain;

import io.defradb.query.plan.Relations;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which index the explained plan reads: of those that begin with a field of the filter the first by
 * name, else the first that begins with the field that is ordered by.
 */
final class IndexChoice {
  private IndexChoice() {}

  /** How the order of an index meets the order asked for. */
  enum Fit {
    NONE,
    FORWARDS,
    BACKWARDS
  }

  static @Nullable IndexDescription of(
      CollectionVersion collection, @Nullable Filter filter, List<Order> ordering) {
    IndexDescription byFilter = byFilter(collection, filter);
    if (byFilter != null || ordering.isEmpty()) {
      return byFilter;
    }
    return on(collection, ordering.get(0).path().get(0));
  }

  private static @Nullable IndexDescription byFilter(
      CollectionVersion collection, @Nullable Filter filter) {
    var names = new TreeSet<String>();
    collect(filter, names);
    return collection.indexes().stream()
        .filter(index -> names.contains(index.fields().get(0).name()))
        .min(Comparator.comparing(IndexDescription::name))
        .orElse(null);
  }

  /** The names of the collection's own fields that a filter tests. */
  static void collect(@Nullable Filter filter, TreeSet<String> names) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(it -> collect(it, names));
    } else if (filter instanceof Filter.Or or) {
      or.parts().forEach(it -> collect(it, names));
    } else if (filter instanceof Filter.Not not) {
      collect(not.part(), names);
    } else if (filter instanceof Filter.OnField field) {
      names.add(field.name());
    }
  }

  /** Whether the scan that is read first gives the order asked for. */
  static boolean isOrdered(Relations relations, CollectionVersion collection, Select select) {
    if (select.order().isEmpty()) {
      return false;
    }
    List<Joins.Join> joins =
        Joins.of(relations, collection, select.selections(), select.filter(), select.order());
    Order first = select.order().get(0);
    if (joins.size() == 1
        && first.path().size() > 1
        && first.path().get(0).equals(joins.get(0).relation().name())) {
      IndexDescription index = on(joins.get(0).relation().target(), first.path().get(1));
      List<String> rest = first.path().subList(1, first.path().size());
      return index != null
          && fit(List.of(new Order(rest, first.isDescending())), index) != Fit.NONE;
    }
    IndexDescription index = of(collection, select.filter(), select.order());
    return index != null && fit(select.order(), index) != Fit.NONE;
  }

  /** The first index that begins with the field. */
  static @Nullable IndexDescription on(CollectionVersion collection, String fieldName) {
    return collection.indexes().stream()
        .filter(index -> index.fields().get(0).name().equals(fieldName))
        .findFirst()
        .orElse(null);
  }

  static Fit fit(List<Order> ordering, IndexDescription index) {
    if (ordering.isEmpty() || ordering.size() > index.fields().size()) {
      return Fit.NONE;
    }
    int against = 0;
    for (int i = 0; i < ordering.size(); i++) {
      IndexDescription.IndexedField field = index.fields().get(i);
      if (!ordering.get(i).path().equals(List.of(field.name()))) {
        return Fit.NONE;
      }
      if (ordering.get(i).isDescending() != field.isDescending()) {
        against++;
      }
    }
    return against == 0 ? Fit.FORWARDS : against == ordering.size() ? Fit.BACKWARDS : Fit.NONE;
  }
}
