package io.defradb.query.explain;

import io.defradb.document.Value;

/** Takes all commits and gives a row a group. */
final class CommitGroupStep extends OverStep {
  private final long groups;
  private final int members;
  private long given;
  private boolean isFilled;

  /**
   * @param groups how many there are
   * @param members how many selections of a group's commits
   */
  CommitGroupStep(Step source, long groups, int members) {
    super("groupNode", source);
    this.groups = groups;
    this.members = members;
  }

  @Override
  void begin() {
    isFilled = false;
    given = 0;
    super.begin();
  }

  @Override
  boolean advance() {
    if (!isFilled) {
      isFilled = true;
      long rows = 0;
      while (source().next()) {
        rows++;
      }
      Rereading.count(members, source(), rows);
    }
    return given++ < groups;
  }

  @Override
  Tree attributes(Tree counts) {
    return counts
        .with("groups", new Value.Int(groups))
        .with("childSelections", new Value.Int(groups * members))
        .with("hiddenBeforeOffset", new Value.Int(0))
        .with("hiddenAfterLimit", new Value.Int(0))
        .with("hiddenChildSelections", new Value.Int(0));
  }
}
