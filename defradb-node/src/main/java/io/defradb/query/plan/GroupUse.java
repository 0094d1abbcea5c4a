package io.defradb.query.plan;

import io.defradb.request.Aggregate;
import io.defradb.request.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a selection needs of its groups: when every aggregate runs over plain members and nobody
 * asks for {@code _group}, members are counted and added up as they come, and dropped.
 */
record GroupUse(boolean isMembersKept, List<PlanNode.RunningAggregate> running) {

  static GroupUse of(List<Selection> selections, Map<String, Expression> aliases) {
    var running = new ArrayList<PlanNode.RunningAggregate>();
    boolean isMembersKept = false;
    for (Selection selection : selections) {
      if (Grouping.isGroup(selection)) {
        isMembersKept = true;
      } else if (selection instanceof Aggregate aggregate
          && aliases.get(aggregate.responseName()) instanceof Expression.Aggregated planned) {
        isMembersKept |= !addRunning(planned, running);
      }
    }
    return new GroupUse(isMembersKept, isMembersKept ? List.of() : running);
  }

  private static boolean addRunning(
      Expression.Aggregated planned, List<PlanNode.RunningAggregate> running) {
    if (planned.targets().size() == 1
        && planned.targets().get(0) instanceof AggregateTarget.Rows target
        && isEveryMember(target.rows(), planned.function())
        && (target.value() == null || target.value() instanceof Expression.Field)) {
      running.add(
          new PlanNode.RunningAggregate(planned.slot(), planned.function(), target.value()));
      return true;
    }
    return false;
  }

  /** An average's own condition, that the value is set, holds of what it adds up anyway. */
  private static boolean isEveryMember(PlanNode rows, String function) {
    return rows instanceof PlanNode.GroupMembers
        || (function.equals(AggregatePlanner.AVERAGE)
            && rows instanceof PlanNode.Filter filter
            && filter.source() instanceof PlanNode.GroupMembers
            && filter.condition() instanceof RowCondition.OnValue value
            && value.written().equals(AggregatePlanner.IS_SET));
  }
}
