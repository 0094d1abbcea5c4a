package io.defradb.query.operator;

import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import io.defradb.query.plan.RowCondition;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on related documents. A few rows look their related documents up; from then on, and at
 * once where a look-up would be a scan, all matching documents are found in one pass and only their
 * keys are kept.
 */
final class SemiJoins {
  private static final int LOOKUPS_MAX = 1000;

  private final Run run;
  private final Map<RowCondition.HasRelated, Progress> progress = new IdentityHashMap<>();

  SemiJoins(Run run) {
    this.run = run;
  }

  boolean has(RowCondition.HasRelated condition, Row row) {
    Relation relation = condition.relation();
    if (relation.isEmbedded()) {
      return isAnyMatching(condition, row);
    }
    if (condition.isMetByNone()) {
      Row related = run.related().first(relation, row);
      return related == null || run.conditions().hold(condition.condition(), related);
    }
    Progress its = progress.computeIfAbsent(condition, it -> new Progress());
    boolean isLookupCheap = relation.isPrimary() || relation.keyIndexDescription() != null;
    if (isLookupCheap && its.lookups < LOOKUPS_MAX) {
      its.lookups++;
      return isAnyMatching(condition, row);
    }
    if (its.keys == null) {
      its.keys = keys(condition);
    }
    if (relation.isPrimary()) {
      return row.value(relation.keyIndex()) instanceof Value.Text key
          && its.keys.contains(key.value());
    }
    return its.keys.contains(row.docId().text());
  }

  private boolean isAnyMatching(RowCondition.HasRelated condition, Row row) {
    try (Operator related = run.related().open(condition.relation(), row)) {
      for (Row it = related.next(); it != null; it = related.next()) {
        if (run.conditions().hold(condition.condition(), it)) {
          return true;
        }
      }
      return false;
    }
  }

  /** What our row must hold, or be, to have a match: DocIDs on one side or the other. */
  private Set<String> keys(RowCondition.HasRelated condition) {
    Relation relation = condition.relation();
    var keys = new HashSet<String>();
    try (Operator matching = run.operators().open(condition.matching(), new RootRow())) {
      for (Row it = matching.next(); it != null; it = matching.next()) {
        String key = relation.isPrimary() ? it.docId().text() : text(it.value(relation.keyIndex()));
        if (key != null && keys.add(key)) {
          run.budget().take(MemoryBudget.KEY_BYTES);
        }
      }
    }
    return keys;
  }

  private static @Nullable String text(Value value) {
    return value instanceof Value.Text text ? text.value() : null;
  }

  private static final class Progress {
    private int lookups;
    private @Nullable Set<String> keys;
  }
}
