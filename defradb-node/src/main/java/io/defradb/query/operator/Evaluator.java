package io.defradb.query.operator;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.aggregate.Accumulator;
import io.defradb.query.aggregate.AggregateFunctions;
import io.defradb.query.aggregate.DotProducts;
import io.defradb.query.filter.FieldTests;
import io.defradb.query.filter.ValueOrder;
import io.defradb.query.plan.AggregateTarget;
import io.defradb.query.plan.Expression;
import io.defradb.query.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** Values of expressions over rows. */
final class Evaluator {
  private static final long FIRST = 0;
  private static final long LAST = 4;

  private final Run run;

  Evaluator(Run run) {
    this.run = run;
  }

  Value evaluate(Expression expression, Row row) {
    return switch (expression.kind()) {
      case FIELD -> row.value(((Expression.Field) expression).index());
      case RELATED_ID -> relatedId((Expression.RelatedId) expression, row);
      case THROUGH -> through((Expression.Through) expression, row);
      case OF_FIRST -> ofFirst((Expression.OfFirst) expression, row);
      case POSITION_IN -> position((Expression.PositionIn) expression, row);
      case FIRST_ELEMENT -> firstElement((Expression.FirstElement) expression, row);
      case JSON_LEAF -> leaf((Expression.JsonLeaf) expression, row);
      case AGGREGATE -> aggregate((Expression.Aggregated) expression, row);
      case SIMILARITY -> similarity((Expression.DotProduct) expression, row);
    };
  }

  private Value relatedId(Expression.RelatedId expression, Row row) {
    Row related = run.related().first(expression.relation(), row);
    return related == null ? Value.NULL : new Value.Text(related.docId().text());
  }

  private Value through(Expression.Through expression, Row row) {
    Row related = run.related().first(expression.relation(), row);
    return related == null ? Value.NULL : evaluate(expression.inner(), related);
  }

  private Value ofFirst(Expression.OfFirst expression, Row row) {
    Row first = null;
    try (Operator rows = run.related().open(expression.relation(), row)) {
      for (Row it = rows.next(); it != null; it = rows.next()) {
        if (run.conditions().hold(expression.condition(), it)
            && (first == null || compare(it, first, expression.order()) < 0)) {
          first = it;
        }
      }
    }
    return first == null ? Value.NULL : evaluate(expression.inner(), first);
  }

  private int compare(Row a, Row b, List<PlanNode.SortKey> keys) {
    for (PlanNode.SortKey key : keys) {
      int order =
          ValueOrder.of(key.expression().valueKind())
              .compare(evaluate(key.expression(), a), evaluate(key.expression(), b));
      if (order != 0) {
        return key.isDescending() ? -order : order;
      }
    }
    return 0;
  }

  private Value position(Expression.PositionIn expression, Row row) {
    Value value = evaluate(expression.inner(), row);
    FieldKind kind = expression.inner().valueKind();
    List<Value> values = expression.values();
    boolean isOfElements = kind.element() != null && value instanceof Value.Items;
    List<Value> given = isOfElements ? ((Value.Items) value).values() : List.of(value);
    ValueOrder order = ValueOrder.of(kind.element() == null ? kind : kind.element());
    int position = 0;
    while (position < values.size() && !isAmong(given, values.get(position), order)) {
      position++;
    }
    return new Value.Int(position);
  }

  private static boolean isAmong(List<Value> given, Value wanted, ValueOrder order) {
    return given.stream().anyMatch(it -> order.areEqual(wanted, it));
  }

  private Value firstElement(Expression.FirstElement expression, Row row) {
    Value first = null;
    if (evaluate(expression.list(), row) instanceof Value.Items items) {
      ValueOrder order = ValueOrder.of(expression.valueKind());
      for (Value element : items.values()) {
        if (expression.test().matches(element)
            && (first == null || order.compare(element, first) < 0 != expression.isGreatest())) {
          first = element;
        }
      }
    }
    return first == null ? Value.NULL : first;
  }

  private Value leaf(Expression.JsonLeaf expression, Row row) {
    Value found = FieldTests.at(evaluate(expression.inner(), row), expression.path());
    Value leaf =
        found == null || found instanceof Value.Items || found instanceof Value.Fields
            ? Value.NULL
            : found;
    return switch (expression.part()) {
      case VALUE -> leaf;
      case KIND_UNSET_FIRST -> new Value.Int(leaf.isNull() ? FIRST : place(leaf));
      case KIND_UNSET_LAST -> new Value.Int(leaf.isNull() ? LAST : place(leaf));
    };
  }

  private static long place(Value leaf) {
    return switch (leaf.type()) {
      case INT, FLOAT64, FLOAT32 -> 1;
      case TEXT -> 2;
      default -> 3;
    };
  }

  private static Value similarity(Expression.DotProduct expression, Row row) {
    return DotProducts.of(row.value(expression.fieldIndex()), expression.vector());
  }

  /** Once a row: a filter, an order and the answer may all ask for it. */
  private Value aggregate(Expression.Aggregated expression, Row row) {
    Value known = row.slot(expression.slot());
    if (known != null) {
      return known;
    }
    Accumulator accumulator = AggregateFunctions.byName(expression.function()).start();
    for (AggregateTarget target : expression.targets()) {
      add(target, row, accumulator);
    }
    Value result = accumulator.result();
    row.fill(expression.slot(), result);
    return result;
  }

  private void add(AggregateTarget target, Row row, Accumulator accumulator) {
    switch (target.kind()) {
      case ROWS -> addRows((AggregateTarget.Rows) target, row, accumulator);
      case COLLECTION -> addCollection((AggregateTarget.WholeCollection) target, accumulator);
      case ELEMENTS -> addElements((AggregateTarget.Elements) target, row, accumulator);
      case LINKS -> addLinks(row, accumulator);
    }
  }

  private void addRows(AggregateTarget.Rows target, Row row, Accumulator accumulator) {
    Expression value = target.value();
    try (Operator rows = run.operators().open(target.rows(), row)) {
      for (Row member = rows.next(); member != null; member = rows.next()) {
        accumulator.add(value == null ? Value.NULL : evaluate(value, member));
      }
    }
  }

  private void addCollection(AggregateTarget.WholeCollection target, Accumulator accumulator) {
    long count = Math.max(run.documents().count(target.collection(), false) - target.offset(), 0);
    accumulator.addMembers(target.limit() == 0 ? count : Math.min(count, target.limit()));
  }

  private static void addElements(
      AggregateTarget.Elements target, Row row, Accumulator accumulator) {
    if (!(row.value(target.fieldIndex()) instanceof Value.Items items)) {
      return;
    }
    List<Value> elements = new ArrayList<>();
    for (Value element : items.values()) {
      if (target.filter().matches(element) && !(target.isNullLeftOut() && element.isNull())) {
        elements.add(element);
      }
    }
    switch (target.sorting()) {
      case AS_STORED -> {
        // The order of the array is the order asked for.
      }
      case ASCENDING -> elements.sort(ValueOrder.PLAIN);
      case DESCENDING -> elements.sort(ValueOrder.PLAIN.reversed());
    }
    elements.stream().skip(target.offset()).limit(target.limit()).forEach(accumulator::add);
  }

  private static void addLinks(Row row, Accumulator accumulator) {
    CommitRow commit = row.commit();
    if (commit != null) {
      accumulator.addMembers((long) commit.block().heads().size() + commit.block().links().size());
    }
  }
}
