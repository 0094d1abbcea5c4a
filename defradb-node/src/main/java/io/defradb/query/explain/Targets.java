package io.defradb.query.explain;

import io.defradb.document.Value;
import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import io.defradb.request.Page;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Targets of aggregates, as the reference runs them: an average over the set values only. */
final class Targets {
  static final String AVERAGE = "_avg";

  static final Condition IS_SET = new Condition.Compare("_ne", Value.NULL);

  private Targets() {}

  /** The selection that a target stands for. */
  static Select select(Aggregate aggregate, Aggregate.Target target) {
    Filter filter = target.filter();
    if (isOverSet(aggregate, target) && target.field() != null) {
      var parts = new ArrayList<>(WrittenFilter.parts(filter));
      parts.add(new Filter.OnField(target.field(), List.of(), IS_SET));
      filter = new Filter.And(parts);
    }
    return new Select(
        target.host(),
        target.host(),
        target.host(),
        null,
        null,
        filter,
        target.writtenOrder(),
        null,
        target.page(),
        false,
        List.of());
  }

  static Select select(String name, @Nullable Filter filter) {
    return new Select(
        name, name, name, null, null, filter, null, null, Page.WHOLE, false, List.of());
  }

  /** The selections of a group's members: those that are asked for, and what aggregates add. */
  static List<Select> groups(List<Selection> selections) {
    var groups = new ArrayList<Select>();
    for (Selection selection : selections) {
      if (selection instanceof Select group && group.name().equals(Select.GROUP)) {
        groups.add(group);
      }
    }
    for (Selection selection : selections) {
      if (selection instanceof Aggregate aggregate) {
        aggregate.targets().forEach(it -> addGroup(aggregate, it, groups));
      }
    }
    return groups;
  }

  private static void addGroup(Aggregate aggregate, Aggregate.Target target, List<Select> groups) {
    Select wanted = select(aggregate, target);
    if (target.host().equals(Select.GROUP)
        && !target.isOfAggregates()
        && groups.stream().noneMatch(it -> Joins.isAlike(it, wanted))) {
      groups.add(wanted);
    }
  }

  /** {@code isCounted}: the words of a count, which names no field. */
  static Value sources(Aggregate aggregate, boolean isCounted) {
    var sources = new ArrayList<Value>();
    for (Aggregate.Target target : aggregate.targets()) {
      var source =
          new Tree()
              .with("fieldName", new Value.Text(target.host()))
              .with("filter", filter(aggregate, target));
      sources.add(source.with(!isCounted, "childFieldName", Value.text(target.field())).done());
    }
    return new Value.Items(sources);
  }

  private static Value filter(Aggregate aggregate, Aggregate.Target target) {
    if (target.field() != null || target.elementFilter() == null && target.filter() != null) {
      return WrittenFilter.of(select(aggregate, target).filter());
    }
    var members = new TreeMap<String, Value>();
    if (target.elementFilter() != null
        && WrittenFilter.of(target.elementFilter()) instanceof Value.Fields fields) {
      members.putAll(fields.values());
    }
    if (isOverSet(aggregate, target)) {
      members.put("_ne", Value.NULL);
    }
    return members.isEmpty() ? Value.NULL : new Value.Fields(members);
  }

  static boolean isOverSet(Aggregate aggregate, Aggregate.Target target) {
    return aggregate.function().equals(AVERAGE) && !target.isOfAggregates();
  }
}
