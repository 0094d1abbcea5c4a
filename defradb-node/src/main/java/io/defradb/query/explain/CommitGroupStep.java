package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import org.jspecify.annotations.Nullable;

/** Groups of commits, whose number is known. */
final class CommitGroupStep extends GroupingStep {
  private final long groups;

  CommitGroupStep(Step source, long groups, int members) {
    super(source, members);
    this.groups = groups;
  }

  @Override
  void take(@Nullable StoredDocument document) {}

  @Override
  long groups() {
    return groups;
  }

  @Override
  long hiddenBefore() {
    return 0;
  }

  @Override
  long hiddenAfter() {
    return 0;
  }
}
