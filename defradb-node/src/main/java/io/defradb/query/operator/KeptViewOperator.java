package io.defradb.query.operator;

import io.defradb.query.plan.PlanNode;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/** The rows of a materialized view as its last refresh left them. */
final class KeptViewOperator implements Operator {
  private final CollectionVersion view;
  private final KeptRows.Walk rows;

  KeptViewOperator(Run run, PlanNode.KeptView plan) {
    this.view = plan.view();
    this.rows = run.keptRows(view).new Walk();
  }

  @Override
  public @Nullable Row next() {
    byte[] json = rows.next();
    return json == null ? null : new ViewRow(view, ViewValues.read(json), json.length);
  }

  @Override
  public void close() {}
}
