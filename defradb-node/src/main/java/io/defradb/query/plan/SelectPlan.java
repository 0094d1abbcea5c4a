package io.defradb.query.plan;

import java.util.List;

/**
 * Rows and what to answer of each.
 *
 * @param outputs sorted bytewise by name, each name once
 */
public record SelectPlan(PlanNode rows, List<Output> outputs) {
  public SelectPlan {
    outputs = List.copyOf(outputs);
  }
}
