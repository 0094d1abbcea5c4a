package io.defradb.query.operator;

import io.defradb.document.Value;
import io.defradb.query.filter.FieldTests;
import io.defradb.query.plan.RowCondition;

/** Whether conditions hold for rows. Parts are tested in the order written, until one decides. */
final class Conditions {
  private final Run run;

  Conditions(Run run) {
    this.run = run;
  }

  boolean hold(RowCondition condition, Row row) {
    return switch (condition.kind()) {
      case ALL -> holdAll((RowCondition.All) condition, row);
      case ANY -> holdAny((RowCondition.Any) condition, row);
      case NOT -> !hold(((RowCondition.Not) condition).part(), row);
      case VALUE -> holdsValue((RowCondition.OnValue) condition, row);
      case RELATED -> run.semiJoins().has((RowCondition.HasRelated) condition, row);
      case SHOWN -> holdsShown((RowCondition.HasShown) condition, row);
    };
  }

  private boolean holdAll(RowCondition.All all, Row row) {
    for (RowCondition part : all.parts()) {
      if (!hold(part, row)) {
        return false;
      }
    }
    return true;
  }

  private boolean holdAny(RowCondition.Any any, Row row) {
    for (RowCondition part : any.parts()) {
      if (hold(part, row)) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsShown(RowCondition.HasShown condition, Row row) {
    boolean isEmpty = true;
    try (Operator rows = run.operators().open(condition.rows(), row)) {
      for (Row it = rows.next(); it != null; it = rows.next()) {
        isEmpty = false;
        if (hold(condition.condition(), it)) {
          return true;
        }
      }
    }
    return isEmpty && condition.isMetByNone();
  }

  private boolean holdsValue(RowCondition.OnValue condition, Row row) {
    Value value = run.evaluator().evaluate(condition.expression(), row);
    if (condition.path().isEmpty()) {
      return condition.test().matches(value);
    }
    Value below = FieldTests.at(value, condition.path());
    return below != null && condition.test().matches(below);
  }
}
