package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import org.jspecify.annotations.Nullable;

/**
 * Takes all rows and gives a row a group. The first selection of a group's members takes the rows
 * as they are grouped, and ends with one question more; each further one goes through all of them
 * again.
 */
abstract class GroupingStep extends OverStep {
  private final int members;
  private long groups;
  private long given;
  private boolean isFilled;

  /** {@code members}: how many selections of a group's members there are. */
  GroupingStep(Step source, int members) {
    super("groupNode", source);
    this.members = members;
  }

  /** A row; null for a commit. */
  abstract void take(@Nullable StoredDocument document);

  /** How many groups there are of what was taken since the beginning. */
  abstract long groups();

  /** Members that an offset leaves out. */
  abstract long hiddenBefore();

  /** Members that a limit leaves out. */
  abstract long hiddenAfter();

  @Override
  void begin() {
    isFilled = false;
    given = 0;
    super.begin();
  }

  @Override
  final boolean advance() {
    if (!isFilled) {
      isFilled = true;
      fill();
    }
    return given++ < groups;
  }

  private void fill() {
    long rows = 0;
    while (source().next()) {
      rows++;
      take(source().document());
    }
    groups = groups();
    for (int i = 0; i < members; i++) {
      source().askBelow();
      if (i > 0) {
        source().askBelow();
        source().readAgain(rows);
      }
    }
  }

  @Override
  final Tree attributes(Tree counts) {
    return counts
        .with("groups", new Value.Int(groups))
        .with("childSelections", new Value.Int(groups * members))
        .with("hiddenBeforeOffset", new Value.Int(hiddenBefore()))
        .with("hiddenAfterLimit", new Value.Int(hiddenAfter()))
        .with("hiddenChildSelections", new Value.Int(hiddenBefore() + hiddenAfter()));
  }
}
