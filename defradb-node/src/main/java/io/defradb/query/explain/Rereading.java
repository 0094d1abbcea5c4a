package io.defradb.query.explain;

/** What the selections of a group's members do to the counts below them. */
final class Rereading {
  private Rereading() {}

  /**
   * The first selection takes the rows as they are grouped, and ends with one question more; each
   * further one goes through all of them again.
   *
   * @param selections how many there are
   * @param rows what passed {@code selected} the first time
   */
  static void count(int selections, Step selected, long rows) {
    for (int i = 0; i < selections; i++) {
      selected.askBelow();
      if (i > 0) {
        selected.askBelow();
        selected.readAgain(rows);
      }
    }
  }
}
