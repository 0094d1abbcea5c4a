package io.defradb.query.plan;

import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate's order may go through. As in the reference, an aggregate over documents that
 * are selected beside it, or aggregated before it, knows of their relations only what is asked of
 * them there.
 */
final class KnownRelations {
  private KnownRelations() {}

  /** Throws INVALID_REQUEST: {@code field or alias not found. Name: x}. */
  static void check(Aggregate aggregate, Aggregate.Target target, List<Selection> siblings) {
    for (Order order : target.order()) {
      String first = order.path().get(0);
      boolean isThrough = order.path().size() > 1 && !first.equals(SortKeys.ALIAS);
      if (isThrough && !isKnown(first, aggregate, target.host(), siblings)) {
        throw PlanContext.notFound(first);
      }
    }
  }

  private static boolean isKnown(
      String relation, Aggregate aggregate, String host, List<Selection> siblings) {
    Optional<Select> selected =
        siblings.stream()
            .filter(Select.class::isInstance)
            .map(Select.class::cast)
            .filter(it -> it.name().equals(host))
            .findFirst();
    if (selected.isPresent()) {
      Select select = selected.get();
      return select.selections().stream()
              .anyMatch(it -> it instanceof Select inner && inner.name().equals(relation))
          || isNamed(relation, select.filter(), select.order());
    }
    for (Selection sibling : siblings) {
      if (sibling == aggregate) {
        return true;
      }
      if (sibling instanceof Aggregate other) {
        for (Aggregate.Target target : other.targets()) {
          if (target.host().equals(host)) {
            return isNamed(relation, target.filter(), target.order());
          }
        }
      }
    }
    return true;
  }

  private static boolean isNamed(String relation, @Nullable Filter filter, List<Order> orders) {
    return orders.stream().anyMatch(it -> it.path().size() > 1 && it.path().get(0).equals(relation))
        || isNamed(relation, filter);
  }

  private static boolean isNamed(String relation, @Nullable Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().anyMatch(it -> isNamed(relation, it));
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(it -> isNamed(relation, it));
    }
    if (filter instanceof Filter.Not not) {
      return isNamed(relation, not.part());
    }
    return filter instanceof Filter.OnRelation related && related.name().equals(relation);
  }
}
