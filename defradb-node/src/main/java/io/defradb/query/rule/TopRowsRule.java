package io.defradb.query.rule;

import io.defradb.query.plan.PlanNode;

/** A sort below a limit keeps no more rows than the limit lets through. */
final class TopRowsRule implements PlanRule {
  @Override
  public PlanNode apply(PlanNode node) {
    if (node instanceof PlanNode.Limit limit
        && limit.limit() > 0
        && limit.offset() <= Long.MAX_VALUE - limit.limit()
        && limit.source() instanceof PlanNode.Sort sort) {
      long wanted = limit.offset() + limit.limit();
      return new PlanNode.Limit(
          new PlanNode.Sort(sort.source(), sort.keys(), wanted), limit.offset(), limit.limit());
    }
    return node;
  }
}
