package io.defradb.query.plan;

import io.defradb.request.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the steps of one selection on top of its leaf, innermost first. */
final class Pipeline {
  private PlanNode rows;

  Pipeline(PlanNode leaf) {
    this.rows = leaf;
  }

  Pipeline filter(@Nullable RowCondition condition) {
    if (condition != null) {
      rows = new PlanNode.Filter(rows, condition);
    }
    return this;
  }

  /** {@code alternate}: see {@link PlanNode.Group}; it needs members that are kept. */
  Pipeline group(List<Expression> keys, GroupUse use, @Nullable PlanNode alternate) {
    rows =
        alternate == null
            ? new PlanNode.Group(rows, keys, use.isMembersKept(), use.running(), null)
            : new PlanNode.Group(rows, keys, true, use.running(), alternate);
    return this;
  }

  Pipeline sort(List<PlanNode.SortKey> keys) {
    if (!keys.isEmpty()) {
      rows = new PlanNode.Sort(rows, keys, 0);
    }
    return this;
  }

  Pipeline limit(Page page) {
    if (page.skipped() > 0 || page.taken() > 0) {
      rows = new PlanNode.Limit(rows, page.skipped(), page.taken());
    }
    return this;
  }

  PlanNode rows() {
    return rows;
  }
}
