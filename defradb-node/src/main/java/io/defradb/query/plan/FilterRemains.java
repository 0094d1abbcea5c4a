package io.defradb.query.plan;

import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.Similarity;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the reference leaves of a filter. It takes a filter apart for every join and every computed
 * field beside it, and what is empty after that is gone: {@code _or: []} asks nothing then.
 */
final class FilterRemains {
  private final Relations relations;

  FilterRemains(Relations relations) {
    this.relations = relations;
  }

  /** Of the filter of {@code select}, which selects of {@code collection}. */
  @Nullable Filter of(CollectionVersion collection, Select select) {
    Filter filter = select.filter();
    if (filter == null) {
      return null;
    }
    boolean isJoined = isJoined(collection, select);
    boolean isTakenApart =
        isJoined ? !isComplex(filter) : select.selections().stream().anyMatch(this::isComputed);
    return isTakenApart ? without(filter, name -> false) : filter;
  }

  /**
   * Of a filter on documents that are found by the key they hold, over {@code relation}: what asks
   * for that key gives way to the key that is looked for.
   */
  static @Nullable Filter over(Relation relation, @Nullable Filter filter) {
    if (filter == null || relation.isPrimary() || relation.isEmbedded() || isComplex(filter)) {
      return filter;
    }
    String key = relation.target().fields().get(relation.keyIndex()).name();
    return without(filter, key::equals);
  }

  private boolean isJoined(CollectionVersion collection, Select select) {
    return isAboutRelated(select.filter())
        || select.order().stream()
            .map(it -> it.path().get(0))
            .anyMatch(it -> relations.find(collection, it).isPresent())
        || select.selections().stream().anyMatch(it -> isJoined(collection, it));
  }

  private boolean isJoined(CollectionVersion collection, Selection selection) {
    if (selection instanceof Select select) {
      return !select.name().equals(Select.GROUP);
    }
    return selection instanceof Aggregate aggregate
        && aggregate.targets().stream()
            .anyMatch(it -> relations.find(collection, it.host()).isPresent());
  }

  private boolean isComputed(Selection selection) {
    return selection instanceof Aggregate || selection instanceof Similarity;
  }

  /** Related documents are asked about inside a condition; such a filter is left whole. */
  private static boolean isComplex(@Nullable Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream()
          .anyMatch(it -> it instanceof Filter.And ? isAboutRelated(it) : isComplex(it));
    }
    return (filter instanceof Filter.Or || filter instanceof Filter.Not) && isAboutRelated(filter);
  }

  private static boolean isAboutRelated(@Nullable Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().anyMatch(FilterRemains::isAboutRelated);
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(FilterRemains::isAboutRelated);
    }
    return filter instanceof Filter.Not not
        ? isAboutRelated(not.part())
        : filter instanceof Filter.OnRelation;
  }

  private static @Nullable Filter without(Filter filter, Predicate<String> names) {
    if (filter instanceof Filter.And and) {
      List<Filter> kept = without(and.parts(), names);
      return kept.isEmpty() ? null : new Filter.And(kept);
    }
    if (filter instanceof Filter.Or or) {
      List<Filter> kept = without(or.parts(), names);
      return kept.isEmpty() ? null : new Filter.Or(kept);
    }
    if (filter instanceof Filter.Not not) {
      Filter kept = without(not.part(), names);
      return kept == null ? null : new Filter.Not(kept);
    }
    return filter instanceof Filter.OnField field && names.test(field.name()) ? null : filter;
  }

  private static List<Filter> without(List<Filter> parts, Predicate<String> names) {
    var kept = new ArrayList<Filter>(parts.size());
    for (Filter part : parts) {
      Filter its = without(part, names);
      if (its != null) {
        kept.add(its);
      }
    }
    return kept;
  }
}
