package io.defradb.query.operator;

import io.defradb.document.Value;
import io.defradb.query.filter.ValueOrder;
import io.defradb.query.plan.PlanNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts its source when first asked; stable. When only the first rows are wanted it keeps no more
 * than those, in a heap with the worst on top.
 */
final class SortOperator implements Operator {
  private final Operator source;
  private final PlanNode.Sort plan;
  private final Evaluator evaluator;
  private final MemoryBudget budget;
  private @Nullable Iterator<Entry> sorted;
  private long held;

  SortOperator(Operator source, PlanNode.Sort plan, Evaluator evaluator, MemoryBudget budget) {
    this.source = source;
    this.plan = plan;
    this.evaluator = evaluator;
    this.budget = budget;
  }

  @Override
  public @Nullable Row next() {
    if (sorted == null) {
      sorted = (plan.rowsWanted() > 0 ? first(plan.rowsWanted()) : all()).iterator();
    }
    return sorted.hasNext() ? sorted.next().row : null;
  }

  private List<Entry> all() {
    var entries = new ArrayList<Entry>();
    for (Row row = source.next(); row != null; row = source.next()) {
      hold(row);
      entries.add(entry(row, entries.size()));
    }
    entries.sort(this::compare);
    return entries;
  }

  private List<Entry> first(long wanted) {
    var heap = new PriorityQueue<Entry>((a, b) -> compare(b, a));
    long position = 0;
    for (Row row = source.next(); row != null; row = source.next()) {
      Entry entry = entry(row, position++);
      if (heap.size() < wanted) {
        hold(row);
        heap.add(entry);
      } else if (compare(entry, heap.element()) < 0) {
        letGo(heap.remove().row);
        hold(row);
        heap.add(entry);
      }
    }
    var entries = new ArrayList<>(heap);
    entries.sort(this::compare);
    return entries;
  }

  private void hold(Row row) {
    held += row.heldBytes();
    budget.take(row.heldBytes());
  }

  private void letGo(Row row) {
    held -= row.heldBytes();
    budget.giveBack(row.heldBytes());
  }

  private Entry entry(Row row, long position) {
    var keys = new Value[plan.keys().size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = evaluator.evaluate(plan.keys().get(i).expression(), row);
    }
    return new Entry(row, keys, position);
  }

  private int compare(Entry a, Entry b) {
    for (int i = 0; i < a.keys.length; i++) {
      PlanNode.SortKey key = plan.keys().get(i);
      int order =
          areListsOrObjects(a.keys[i], b.keys[i])
              ? 0
              : ValueOrder.of(key.expression().valueKind()).compare(a.keys[i], b.keys[i]);
      if (order != 0) {
        return key.isDescending() ? -order : order;
      }
    }
    return Long.compare(a.position, b.position);
  }

  /** Lists have no order among themselves, nor have objects: they stay as they come. */
  private static boolean areListsOrObjects(Value a, Value b) {
    return a.type() == b.type() && (a.type() == Value.Type.LIST || a.type() == Value.Type.MAP);
  }

  @Override
  public void close() {
    budget.giveBack(held);
    held = 0;
    source.close();
  }

  /** A row with its keys; the position among the source's rows keeps the sort stable. */
  private static final class Entry {
    private final Row row;
    private final Value[] keys;
    private final long position;

    Entry(Row row, Value[] keys, long position) {
      this.row = row;
      this.keys = keys;
      this.position = position;
    }
  }
}
