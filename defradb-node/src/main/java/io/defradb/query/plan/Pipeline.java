package io.defradb.query.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the steps of one selection on top of its leaf, innermost first. */
final class Pipeline {
  private static final long NONE = -1;

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

  /** 0 and -1 mean none. */
  Pipeline limit(long offset, long limit) {
    // Both count as the reference counts them, without a sign: what was negative, and is below -1
    // here, is very much, and nothing lies before a sum of them that begins anew.
    if (offset < NONE || (limit < NONE && offset > 0 && limit + 1 + offset >= 0)) {
      rows = new PlanNode.Limit(rows, Long.MAX_VALUE, 0);
    } else if (offset > 0 || limit > 0) {
      rows = new PlanNode.Limit(rows, Math.max(offset, 0), Math.max(limit, 0));
    }
    return this;
  }

  PlanNode rows() {
    return rows;
  }
}
