package io.defradb.replication.replicator;

import io.defradb.dag.Block;
import io.defradb.db.CommitReader;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param height of the commit that they are below; 0: it is not here
 */
record HistoryStages(List<Stretch> stretches, Duration limit, long height) {
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
    Optional<Block> head = commits.block(tip);
    List<Cid> history = new ArrayList<>();
    for (Cid next = parent(head);
        next != null && isLacking.test(next) && history.size() < COMMITS_MAX;
        next = parent(commits.block(next))) {
      history.add(next);
    }
    int length = Math.max(SHORTEST, (history.size() + STAGES_MAX - 1) / STAGES_MAX);
    List<Stretch> stretches = new ArrayList<>();
    int last = history.size() < SHORTEST ? -1 : (history.size() - 1) / length * length;
    for (int i = last; i >= 0; i -= length) {
      Cid oldest = history.get(Math.min(i + length, history.size()) - 1);
      stretches.add(new Stretch(history.get(i), oldest));
    }
    return new HistoryStages(
        stretches,
        START.plus(EACH_COMMIT.multipliedBy(length)),
        head.map(block -> block.delta().priority()).orElse(0L));
  }

  /** {@code null}: none, or several. */
  private static @Nullable Cid parent(Optional<Block> commit) {
    return commit
        .filter(block -> block.heads().size() == 1)
        .map(block -> block.heads().get(0))
        .orElse(null);
  }
}
