package io.defradb.replication.replicator;

import io.defradb.db.CommitReader;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Commits of a long history that are told before its head, all at once, to a peer that fetches what
 * is below a commit one after the other: it then fetches all stretches at the same time. The
 * reference waits 45 ms for each commit. It also goes through everything below what it was told,
 * there already or not, and once more for every commit of a field: half the square of the height in
 * all. So a stage is given up when its stretch is there, and only the head is waited for, which
 * then finds all blocks in place.
 *
 * <p>Only where every commit has one parent: then a stage that is late is below a head and changes
 * nothing.
 *
 * @param stretches the oldest first; none of a short history
 * @param limit for each to be fetched
 */
record HistoryStages(List<Stretch> stretches, Duration limit) {
  private static final int SHORTEST = 12;
  private static final int STAGES_MAX = 64;
  private static final int COMMITS_MAX = 1 << 15;
  private static final Duration START = Duration.ofSeconds(1);
  private static final Duration EACH_COMMIT = Duration.ofMillis(750);

  /** Commits, each the parent of the next, from {@code newest} down to {@code oldest}. */
  record Stretch(Cid newest, Cid oldest) {}

  HistoryStages {
    stretches = List.copyOf(stretches);
  }

  /**
   * Those below {@code tip}.
   *
   * @param isLacking of a commit, whether the receiver is likely not to have it
   */
  static HistoryStages below(CommitReader commits, Cid tip, Predicate<Cid> isLacking) {
    List<Cid> history = new ArrayList<>();
    for (Cid next = parent(commits, tip);
        next != null && isLacking.test(next) && history.size() < COMMITS_MAX;
        next = parent(commits, next)) {
      history.add(next);
    }
    int length = Math.max(SHORTEST, (history.size() + STAGES_MAX - 1) / STAGES_MAX);
    List<Stretch> stretches = new ArrayList<>();
    int last = history.size() < SHORTEST ? -1 : (history.size() - 1) / length * length;
    for (int i = last; i >= 0; i -= length) {
      Cid oldest = history.get(Math.min(i + length, history.size()) - 1);
      stretches.add(new Stretch(history.get(i), oldest));
    }
    return new HistoryStages(stretches, START.plus(EACH_COMMIT.multipliedBy(length)));
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
