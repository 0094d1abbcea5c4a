package io.defradb.query.rule;

import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.query.plan.Expression;
import io.defradb.query.plan.PlanNode;
import io.defradb.query.plan.RowCondition;
import io.defradb.request.Filter.Condition;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A scan that keeps only named DocIDs becomes point reads. The condition stays above them. */
final class DocIdRule implements PlanRule {
  @Override
  public PlanNode apply(PlanNode node) {
    if (!(node instanceof PlanNode.Filter filter)
        || !(filter.source() instanceof PlanNode.Scan scan)) {
      return node;
    }
    for (RowCondition part : Conjunction.parts(filter.condition())) {
      List<DocId> docIds = named(part);
      if (docIds != null) {
        return new PlanNode.Filter(
            new PlanNode.DocIdLookup(scan.collection(), docIds, scan.isDeletedShown()),
            filter.condition());
      }
    }
    return node;
  }

  private static @Nullable List<DocId> named(RowCondition part) {
    if (!(part instanceof RowCondition.OnValue value)
        || !(value.expression() instanceof Expression.Field field)
        || field.index() != Expression.Field.DOC_ID) {
      return null;
    }
    Condition.Compare equal = Conjunction.demanded(value.written(), "_eq");
    if (equal != null) {
      return docIds(List.of(equal.operand()));
    }
    Condition.Compare in = Conjunction.demanded(value.written(), "_in");
    return in != null && in.operand() instanceof Value.Items items ? docIds(items.values()) : null;
  }

  private static List<DocId> docIds(List<Value> values) {
    var docIds = new TreeSet<DocId>();
    for (Value value : values) {
      if (value instanceof Value.Text text) {
        docIds.add(new DocId(text.value()));
      }
    }
    return List.copyOf(docIds);
  }
}
