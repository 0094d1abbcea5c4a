package io.defradb.query.explain;

import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import io.defradb.request.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The counts and sums that averages are made of. They are computed before all that is asked for,
 * and one that is there already, whatever its limit and order, is not computed again.
 */
final class Dependencies {
  private final List<Aggregate> known = new ArrayList<>();
  private final List<Aggregate> added = new ArrayList<>();

  private Dependencies() {}

  /** Of the averages among {@code selections}, in their order; the last is computed first. */
  static List<Aggregate> of(List<Selection> selections) {
    var dependencies = new Dependencies();
    var averages = new ArrayList<Aggregate>();
    for (Selection selection : selections) {
      if (selection instanceof Aggregate aggregate) {
        boolean isAverage = aggregate.function().equals(Targets.AVERAGE);
        (isAverage ? averages : dependencies.known).add(aggregate);
      }
    }
    for (Aggregate average : averages) {
      List<Aggregate.Target> targets =
          average.targets().stream().map(it -> overSet(average, it)).toList();
      dependencies.add(new Aggregate(average.responseName(), "_count", targets));
      dependencies.add(new Aggregate(average.responseName(), "_sum", targets));
    }
    return dependencies.added;
  }

  private void add(Aggregate wanted) {
    if (known.stream().noneMatch(it -> isSame(it, wanted))) {
      known.add(wanted);
      added.add(wanted);
    }
  }

  private static boolean isSame(Aggregate one, Aggregate other) {
    boolean isSame =
        one.function().equals(other.function()) && one.targets().size() == other.targets().size();
    for (int i = 0; isSame && i < one.targets().size(); i++) {
      Aggregate.Target its = one.targets().get(i);
      Aggregate.Target wanted = other.targets().get(i);
      isSame =
          its.host().equals(wanted.host())
              && Objects.equals(its.field(), wanted.field())
              && WrittenFilter.of(its.filter()).equals(WrittenFilter.of(wanted.filter()))
              && written(its.elementFilter()).equals(written(wanted.elementFilter()));
    }
    return isSame;
  }

  private static Object written(@Nullable Condition condition) {
    return condition == null ? List.of() : WrittenFilter.of(condition);
  }

  /** An average runs over the set values only. */
  private static Aggregate.Target overSet(Aggregate average, Aggregate.Target target) {
    if (!Targets.isOverSet(average, target)) {
      return target;
    }
    Filter filter = Targets.select(average, target).filter();
    Condition elements = target.elementFilter();
    if (target.field() == null) {
      elements =
          elements == null ? Targets.IS_SET : new Condition.All(List.of(elements, Targets.IS_SET));
    }
    return new Aggregate.Target(
        target.host(), target.field(), filter, elements, target.writtenOrder(), target.page());
  }
}
