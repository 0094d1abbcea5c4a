package io.defradb.query.operator;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.aggregate.Accumulator;
import io.defradb.query.aggregate.AggregateFunctions;
import io.defradb.query.plan.Expression;
import io.defradb.query.plan.PlanNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups its source when first asked, in one pass over a hash table of key values; groups come in
 * the order of first appearance. Members are kept only when somebody asks for them.
 */
final class GroupOperator implements Operator {
  private final Operator source;
  private final PlanNode.Group plan;
  private final Run run;
  private final Evaluator evaluator;
  private final MemoryBudget budget;
  private @Nullable Iterator<Entry> groups;
  private long held;

  GroupOperator(Operator source, PlanNode.Group plan, Run run) {
    this.source = source;
    this.plan = plan;
    this.run = run;
    this.evaluator = run.evaluator();
    this.budget = run.budget();
  }

  @Override
  public @Nullable Row next() {
    if (groups == null) {
      groups = group().iterator();
    }
    return groups.hasNext() ? finish(groups.next()) : null;
  }

  private Iterable<Entry> group() {
    Map<List<Value>, Entry> byKey = new LinkedHashMap<>();
    Map<Row, Entry> entries = new LinkedHashMap<>();
    for (Row row = source.next(); row != null; row = source.next()) {
      List<Value> key = key(row);
      Entry entry = byKey.get(key);
      if (entry == null) {
        entry = new Entry(new GroupRow(row), start());
        hold(entry.row);
        byKey.put(key, entry);
      }
      add(entry, row);
      if (plan.alternate() != null) {
        entries.put(row, entry);
      }
    }
    PlanNode alternate = plan.alternate();
    return alternate == null || entries.isEmpty() ? byKey.values() : inTurn(entries, alternate);
  }

  /** In the order in which a row of the source and one of {@code alternate} name them in turn. */
  private Iterable<Entry> inTurn(Map<Row, Entry> entries, PlanNode alternate) {
    GroupRow all = new GroupRow(entries.keySet().iterator().next());
    entries.keySet().forEach(all::add);
    Set<Entry> ordered = new LinkedHashSet<>();
    try (Operator taken = run.operators().open(alternate, all)) {
      for (Map.Entry<Row, Entry> of : entries.entrySet()) {
        ordered.add(of.getValue());
        Row other = taken.next();
        Entry its = other == null ? null : entries.get(other);
        if (its != null) {
          ordered.add(its);
        }
      }
    }
    return ordered;
  }

  private void add(Entry entry, Row row) {
    if (plan.isMembersKept()) {
      hold(row);
      entry.row.add(row);
    } else {
      entry.row.pass(row);
    }
    for (int i = 0; i < entry.accumulators.size(); i++) {
      Expression value = plan.running().get(i).value();
      entry.accumulators.get(i).add(value == null ? Value.NULL : evaluator.evaluate(value, row));
    }
  }

  private List<Accumulator> start() {
    var accumulators = new ArrayList<Accumulator>(plan.running().size());
    for (PlanNode.RunningAggregate running : plan.running()) {
      accumulators.add(AggregateFunctions.byName(running.function()).start());
    }
    return accumulators;
  }

  private Row finish(Entry entry) {
    for (int i = 0; i < entry.accumulators.size(); i++) {
      entry.row.fill(plan.running().get(i).slot(), entry.accumulators.get(i).result());
    }
    return entry.row;
  }

  private List<Value> key(Row row) {
    List<Expression> keys = plan.keys();
    if (keys.size() == 1) {
      return List.of(keyValue(keys.get(0), row));
    }
    var values = new ArrayList<Value>(keys.size());
    for (Expression key : keys) {
      values.add(keyValue(key, row));
    }
    return values;
  }

  /** Equal keys must be equal records: the two zeros are one group. */
  private Value keyValue(Expression key, Row row) {
    Value value = evaluator.evaluate(key, row);
    if (key.valueKind() == FieldKind.FLOAT64 && value instanceof Value.Float64 number) {
      return new Value.Float64(number.value() + 0.0);
    }
    if (key.valueKind() == FieldKind.FLOAT32 && value instanceof Value.Float32 number) {
      return new Value.Float32(number.value() + 0.0f);
    }
    return value;
  }

  private void hold(Row row) {
    held += row.heldBytes();
    budget.take(row.heldBytes());
  }

  @Override
  public void close() {
    budget.giveBack(held);
    held = 0;
    source.close();
  }

  private static final class Entry {
    private final GroupRow row;
    private final List<Accumulator> accumulators;

    Entry(GroupRow row, List<Accumulator> accumulators) {
      this.row = row;
      this.accumulators = accumulators;
    }
  }
}
