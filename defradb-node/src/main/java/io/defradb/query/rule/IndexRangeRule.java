package io.defradb.query.rule;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.plan.Expression;
import io.defradb.query.plan.PlanNode;
import io.defradb.query.plan.RowCondition;
import io.defradb.request.Filter.Condition;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/**
 * A scan that keeps documents with a range of values of a field that an index begins with reads
 * that range; the condition stays above it. An unset field is in no range.
 */
final class IndexRangeRule implements PlanRule {
  @Override
  public PlanNode apply(PlanNode node) {
    if (!(node instanceof PlanNode.Filter filter)
        || !(filter.source() instanceof PlanNode.Scan scan)) {
      return node;
    }
    for (RowCondition part : Conjunction.parts(filter.condition())) {
      PlanNode.IndexRange range = range(scan, part);
      if (range != null) {
        return new PlanNode.Filter(range, filter.condition());
      }
    }
    return node;
  }

  private static PlanNode.@Nullable IndexRange range(PlanNode.Scan scan, RowCondition part) {
    if (!(part instanceof RowCondition.OnValue value)
        || !(value.expression() instanceof Expression.Field field)
        || field.index() < 0
        || !value.path().isEmpty()
        || !isOrdered(field.valueKind())
        || !isIndexed(scan.collection(), field.index())) {
      return null;
    }
    Value low = bound(value.written(), "_ge", "_gt");
    Value high = bound(value.written(), "_le", "_lt");
    return low.isNull() && high.isNull()
        ? null
        : new PlanNode.IndexRange(
            scan.collection(), field.index(), low, high, scan.isDeletedShown());
  }

  private static boolean isOrdered(FieldKind kind) {
    return switch (kind) {
      case INT, FLOAT64, FLOAT32, DATE_TIME -> true;
      default -> false;
    };
  }

  private static boolean isIndexed(CollectionVersion collection, int fieldIndex) {
    String name = collection.fields().get(fieldIndex).name();
    return collection.indexes().stream()
        .anyMatch(index -> index.fields().get(0).name().equals(name));
  }

  /** The operand of the first of the operators that is demanded; the null value: of none. */
  private static Value bound(Condition written, String... operators) {
    for (String operator : operators) {
      Condition.Compare compare = Conjunction.demanded(written, operator);
      if (compare != null && !compare.operand().isNull()) {
        return compare.operand();
      }
    }
    return Value.NULL;
  }
}
