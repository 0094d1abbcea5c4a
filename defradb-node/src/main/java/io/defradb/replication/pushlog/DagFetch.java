package io.defradb.replication.pushlog;

import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.db.BlockMerger;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.Origin;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protocol.bitswap.BlockSession;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gets everything below a commit that is not here. Each block that comes is looked through at once
 * for what is below it. It ends when nothing is under way any more: what did not come is missing,
 * which the merge will find. What came is kept in memory up to a bound, then in the store.
 */
final class DagFetch {
  private static final Duration BLOCK_LIMIT = Duration.ofSeconds(10);
  private static final int BYTES_MAX = 16 << 20;
  private static final int BLOCKS_MAX = 1_000_000;
  private static final int UNDER_WAY_MAX = 256;

  private final Database database;
  private final BlockSession session;
  private final Executor workers;
  private final CompletableFuture<Map<Cid, Bytes>> answer = new CompletableFuture<>();
  private final Set<Cid> seen = new HashSet<>();
  private final Deque<Cid> waiting = new ArrayDeque<>();
  private Map<Cid, Bytes> fetched = new HashMap<>();
  private long bytes;
  private int underWay;

  DagFetch(Database database, BlockSession session, Executor workers) {
    this.database = database;
    this.session = session;
    this.workers = workers;
  }

  /**
   * What came and is not stored yet; fails when a block is malformed. {@code known}: the commit's
   * bytes, when they came with it.
   */
  CompletableFuture<Map<Cid, Bytes>> start(Cid tip, @Nullable Bytes known) {
    underWay = 1;
    if (known == null) {
      workers.execute(() -> settle(List.of(tip)));
    } else {
      seen.add(tip);
      workers.execute(() -> arrived(tip, known));
    }
    return answer;
  }

  private void arrived(Cid cid, Bytes block) {
    try {
      List<Cid> below = List.of();
      if (BlockCodec.isCommit(block.unsafeArray())) {
        below = links(BlockCodec.decode(block.unsafeArray()));
      }
      synchronized (this) {
        fetched.put(cid, block);
        bytes += block.length();
      }
      keepWhenMany();
      settle(below);
    } catch (RuntimeException failure) {
      answer.completeExceptionally(failure);
    }
  }

  private static List<Cid> links(Block block) {
    List<Cid> links = new ArrayList<>(block.heads());
    block.links().forEach(link -> links.add(link.cid()));
    Cid signature = block.signature();
    if (signature != null) {
      links.add(signature);
    }
    return links;
  }

  /** One block is dealt with; {@code below}: what it led to. On a worker. */
  private void settle(List<Cid> below) {
    List<Cid> missing;
    try {
      missing = notApplied(below);
    } catch (RuntimeException failure) {
      answer.completeExceptionally(failure);
      return;
    }
    List<Cid> next = new ArrayList<>();
    boolean isDone;
    synchronized (this) {
      underWay--;
      waiting.addAll(missing);
      while (underWay < UNDER_WAY_MAX && !waiting.isEmpty()) {
        next.add(waiting.remove());
        underWay++;
      }
      isDone = underWay == 0;
    }
    if (isDone) {
      answer.complete(fetched);
    }
    next.forEach(this::fetch);
  }

  /** Those that must come; kept ones are looked through in place. */
  private List<Cid> notApplied(List<Cid> cids) {
    List<Cid> missing = new ArrayList<>();
    Deque<Cid> open = new ArrayDeque<>(cids);
    try (Transaction transaction = database.begin(true)) {
      BlockMerger merger = transaction.merger();
      while (!open.isEmpty()) {
        Cid cid = open.remove();
        if (merger.isApplied(cid) || isKnown(cid)) {
          continue;
        }
        Bytes kept = transaction.commits().raw(cid);
        if (kept == null) {
          missing.add(cid);
        } else if (BlockCodec.isCommit(kept.unsafeArray())) {
          open.addAll(links(BlockCodec.decode(kept.unsafeArray())));
        }
      }
    }
    return missing;
  }

  private synchronized boolean isKnown(Cid cid) {
    if (seen.size() >= BLOCKS_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "too many blocks below a commit", "Max", BLOCKS_MAX);
    }
    return !seen.add(cid);
  }

  private void fetch(Cid cid) {
    session
        .fetch(cid, BLOCK_LIMIT)
        .whenComplete(
            (block, failure) ->
                workers.execute(
                    () -> {
                      if (block == null) {
                        settle(List.of());
                      } else {
                        arrived(cid, block);
                      }
                    }));
  }

  private void keepWhenMany() {
    Map<Cid, Bytes> many;
    synchronized (this) {
      if (bytes < BYTES_MAX) {
        return;
      }
      many = fetched;
      fetched = new HashMap<>();
      bytes = 0;
    }
    try (Transaction transaction = database.begin(Origin.LOCAL)) {
      BlockMerger merger = transaction.merger();
      many.forEach(merger::keep);
      transaction.commit();
    }
  }
}
