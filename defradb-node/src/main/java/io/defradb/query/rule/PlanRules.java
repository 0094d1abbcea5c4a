package io.defradb.query.rule;

import io.defradb.query.plan.PlanNode;
import java.util.List;

/** All rules, applied to every node from the leaf up, each in turn. */
public final class PlanRules {
  private static final List<PlanRule> ALL =
      List.of(new DocIdRule(), new IndexEqualityRule(), new IndexRangeRule(), new TopRowsRule());

  private PlanRules() {}

  public static PlanNode rewrite(PlanNode node) {
    PlanNode rewritten = withRewrittenSource(node);
    for (PlanRule rule : ALL) {
      rewritten = rule.apply(rewritten);
    }
    return rewritten;
  }

  private static PlanNode withRewrittenSource(PlanNode node) {
    return switch (node.kind()) {
      case SCAN,
          DOC_ID_LOOKUP,
          INDEX_LOOKUP,
          INDEX_RANGE,
          AS_OF,
          VIEW,
          KEPT_VIEW,
          RELATED,
          GROUP_MEMBERS,
          COMMIT_SCAN,
          DOCUMENT_COMMITS ->
          node;
      case FILTER -> {
        PlanNode.Filter filter = (PlanNode.Filter) node;
        yield new PlanNode.Filter(rewrite(filter.source()), filter.condition());
      }
      case SORT -> {
        PlanNode.Sort sort = (PlanNode.Sort) node;
        yield new PlanNode.Sort(rewrite(sort.source()), sort.keys(), sort.rowsWanted());
      }
      case LIMIT -> {
        PlanNode.Limit limit = (PlanNode.Limit) node;
        yield new PlanNode.Limit(rewrite(limit.source()), limit.offset(), limit.limit());
      }
      case GROUP -> {
        PlanNode.Group group = (PlanNode.Group) node;
        yield new PlanNode.Group(
            rewrite(group.source()),
            group.keys(),
            group.isMembersKept(),
            group.running(),
            group.alternate());
      }
    };
  }
}
