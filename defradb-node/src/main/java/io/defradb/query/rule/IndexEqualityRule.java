package io.defradb.query.rule;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.plan.Expression;
import io.defradb.query.plan.PlanNode;
import io.defradb.query.plan.RowCondition;
import io.defradb.request.Filter.Condition;
import io.defradb.schema.IndexDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scan that keeps documents with one value of an indexed field becomes an index lookup; the
 * condition stays above it. Equal values come by DocID from a single-field index, as from a scan.
 * DateTimes are left alone: they are equal by instant, index entries by bytes.
 */
final class IndexEqualityRule implements PlanRule {
  @Override
  public PlanNode apply(PlanNode node) {
    if (!(node instanceof PlanNode.Filter filter)
        || !(filter.source() instanceof PlanNode.Scan scan)) {
      return node;
    }
    PlanNode.IndexLookup best = null;
    for (RowCondition part : Conjunction.parts(filter.condition())) {
      PlanNode.IndexLookup lookup = lookup(scan, part);
      if (lookup != null && (best == null || lookup.index().isUnique())) {
        best = lookup;
      }
    }
    return best == null ? node : new PlanNode.Filter(best, filter.condition());
  }

  private static PlanNode.@Nullable IndexLookup lookup(PlanNode.Scan scan, RowCondition part) {
    if (!(part instanceof RowCondition.OnValue value)
        || !(value.expression() instanceof Expression.Field field)
        || field.index() < 0
        || !value.path().isEmpty()
        || !isEqualityOfBytes(field.valueKind())) {
      return null;
    }
    IndexDescription index = indexOn(scan, scan.collection().fields().get(field.index()).name());
    Condition.Compare equal = Conjunction.demanded(value.written(), "_eq");
    if (index == null || equal == null || equal.operand().isNull()) {
      return null;
    }
    return new PlanNode.IndexLookup(
        scan.collection(), index, List.<Value>of(equal.operand()), scan.isDeletedShown());
  }

  private static boolean isEqualityOfBytes(FieldKind kind) {
    return switch (kind) {
      case ID, BOOLEAN, INT, STRING, BLOB -> true;
      default -> false;
    };
  }

  private static @Nullable IndexDescription indexOn(PlanNode.Scan scan, String fieldName) {
    for (IndexDescription index : scan.collection().indexes()) {
      if (index.fields().size() == 1 && index.fields().get(0).name().equals(fieldName)) {
        return index;
      }
    }
    return null;
  }
}
