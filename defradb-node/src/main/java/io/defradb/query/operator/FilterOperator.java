package io.defradb.query.operator;

import io.defradb.query.plan.RowCondition;
import org.jspecify.annotations.Nullable;

/** Passes the rows for which a condition holds. */
final class FilterOperator implements Operator {
  private final Operator source;
  private final RowCondition condition;
  private final Conditions conditions;

  FilterOperator(Operator source, RowCondition condition, Conditions conditions) {
    this.source = source;
    this.condition = condition;
    this.conditions = conditions;
  }

  @Override
  public @Nullable Row next() {
    Row row = source.next();
    while (row != null && !conditions.hold(condition, row)) {
      row = source.next();
    }
    return row;
  }

  @Override
  public void close() {
    source.close();
  }
}
