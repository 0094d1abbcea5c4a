package io.defradb.query.rule;

import io.defradb.query.plan.RowCondition;
import io.defradb.request.Filter.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a condition that must all hold, flattened. */
final class Conjunction {
  private Conjunction() {}

  static List<RowCondition> parts(RowCondition condition) {
    var parts = new ArrayList<RowCondition>();
    collect(condition, parts);
    return parts;
  }

  private static void collect(RowCondition condition, List<RowCondition> parts) {
    if (condition instanceof RowCondition.All all) {
      for (RowCondition part : all.parts()) {
        collect(part, parts);
      }
    } else {
      parts.add(condition);
    }
  }

  /** The operand of {@code operator} when the condition demands it of the value itself. */
  static Condition.@Nullable Compare demanded(Condition written, String operator) {
    if (written instanceof Condition.Compare compare) {
      return compare.operator().equals(operator) ? compare : null;
    }
    if (written instanceof Condition.All all) {
      for (Condition part : all.parts()) {
        Condition.Compare found = demanded(part, operator);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
