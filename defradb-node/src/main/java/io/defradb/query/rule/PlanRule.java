package io.defradb.query.rule;

import io.defradb.query.plan.PlanNode;

/**
 * A rewrite of one node: another that makes the same rows in the same order, or the node itself.
 */
@FunctionalInterface
interface PlanRule {
  PlanNode apply(PlanNode node);
}
