package io.defradb.query.operator;

import io.defradb.dag.Block;
import io.defradb.db.CommitReader;
import io.defradb.multiformats.Cid;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The commits of one chain from its heads down, newest first, by CID among equals; each once.
 * Blocks that are not here end their branch. Heights fall along {@code _head} links, so a commit
 * that is reached twice is still waiting the second time: only what waits is remembered.
 */
final class CommitChain implements Iterator<CommitRow> {
  private static final Comparator<Waiting> NEWEST_FIRST =
      Comparator.comparingLong((Waiting it) -> it.block.delta().priority())
          .reversed()
          .thenComparing(it -> it.cid);

  private final CommitReader commits;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(NEWEST_FIRST);
  private final Set<Cid> waitingCids = new HashSet<>();

  /** {@code depth}: levels below and with each head. */
  CommitChain(CommitReader commits, List<Cid> heads, long depth) {
    this.commits = commits;
    for (Cid head : heads) {
      add(head, depth);
    }
  }

  private void add(Cid cid, long levels) {
    if (levels > 0 && waitingCids.add(cid)) {
      commits.block(cid).ifPresent(block -> waiting.add(new Waiting(cid, block, levels)));
    }
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty();
  }

  @Override
  public CommitRow next() {
    Waiting newest = waiting.poll();
    if (newest == null) {
      throw new NoSuchElementException();
    }
    waitingCids.remove(newest.cid);
    for (Cid head : newest.block.heads()) {
      add(head, newest.levels - 1);
    }
    return new CommitRow(newest.cid, newest.block);
  }

  private record Waiting(Cid cid, Block block, long levels) {}
}
