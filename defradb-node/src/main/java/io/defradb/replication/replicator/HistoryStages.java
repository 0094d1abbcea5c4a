package io.defradb.replication.replicator;

import io.defradb.db.CommitReader;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Commits of a long history that are told at the same time as its head, to a peer that fetches what
 * is below a commit one after the other: it then fetches all stages at once. The reference waits 45
 * ms for a commit, and computes some for each that is below what it was told, there already or not:
 * so they are few. Only where every commit has one parent: then a stage that is late is below a
 * head and changes nothing.
 */
final class HistoryStages {
  private static final int SHORTEST = 16;
  private static final int STAGES_MAX = 4;
  private static final int COMMITS_MAX = 2048;

  private HistoryStages() {}

  /**
   * Those below {@code tip}, oldest first; none of a short history.
   *
   * @param isLacking of a commit, whether the receiver is likely not to have it
   */
  static List<Cid> below(CommitReader commits, Cid tip, Predicate<Cid> isLacking) {
    List<Cid> history = new ArrayList<>();
    for (Cid next = parent(commits, tip);
        next != null && isLacking.test(next) && history.size() < COMMITS_MAX;
        next = parent(commits, next)) {
      history.add(next);
    }
    int length = Math.max(SHORTEST, history.size() / STAGES_MAX);
    List<Cid> stages = new ArrayList<>();
    for (int i = history.size() / length * length; i >= length; i -= length) {
      stages.add(history.get(i - 1));
    }
    return stages;
  }

  /** {@code null}: none, or several. */
  private static @Nullable Cid parent(CommitReader commits, Cid cid) {
    return commits
        .block(cid)
        .filter(commit -> commit.heads().size() == 1)
        .map(commit -> commit.heads().get(0))
        .orElse(null);
  }
}
