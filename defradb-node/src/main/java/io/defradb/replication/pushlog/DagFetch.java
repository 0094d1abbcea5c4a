package io.defradb.replication.pushlog;

import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.db.BlockMerger;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.Origin;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.BlockSession;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.subdag.SubDagRequest;
import io.defradb.replication.subdag.SubDags;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets everything below a commit that is not here: what came with the commit first; then, when
 * older commits are missing and the sender speaks {@link SubDags}, all in one answer; and block by
 * block what is missing still. Each block that comes is looked through at once for what is below
 * it. It ends when nothing is under way any more: what did not come is missing, which the merge
 * will find. What came is kept in memory up to a bound, then in the store.
 */
final class DagFetch {
  private static final Duration BLOCK_LIMIT = Duration.ofSeconds(10);
  private static final int BYTES_MAX = 16 << 20;
  private static final int UNDER_WAY_MAX = 256;

  private final Means means;
  private final BlockSession session;
  private final PeerId from;
  private final List<Cid> heads;
  private final CompletableFuture<Map<Cid, Bytes>> answer = new CompletableFuture<>();
  private final Set<Cid> seen = new HashSet<>();

  /** What came with the commit and was not come by yet, and the commits seen on the way down. */
  private final Map<Cid, Bytes> given = new HashMap<>();

  private final Set<Cid> ancestors = new HashSet<>();

  /** Missing and not asked for; while a sub-DAG is under way it may bring them. */
  private final Set<Cid> missing = new LinkedHashSet<>();

  private Map<Cid, Bytes> fetched = new HashMap<>();
  private long bytes;
  private int underWay;
  private boolean isReleased;

  /** What all fetches share. */
  record Means(Database database, SubDags subDags, Executor workers, FetchRoom room) {}

  /**
   * Of one commit.
   *
   * @param session where blocks are asked for one by one
   * @param from whose commit it is
   * @param heads commits of the same chain that are applied here
   */
  DagFetch(Means means, BlockSession session, PeerId from, List<Cid> heads) {
    this.means = means;
    this.session = session;
    this.from = from;
    this.heads = heads;
  }

  /**
   * What came and is not stored yet; fails when a block is malformed. {@code brought}: blocks that
   * came with the commit, itself among them.
   */
  CompletableFuture<Map<Cid, Bytes>> start(Cid tip, List<Bytes> brought) {
    onWorker(
        () -> {
          if (areAncestorsMissing(tip, brought) && means.subDags().isSpokenBy(from)) {
            fetchSubDag();
          } else {
            fetchMore();
          }
        });
    return answer;
  }

  /** Whether more is missing than what belongs to the commit itself. */
  private boolean areAncestorsMissing(Cid tip, List<Bytes> brought) {
    brought.forEach(block -> given.put(BlockCodec.cid(block.unsafeArray()), block));
    ancestors.add(tip);
    look(List.of(tip));
    synchronized (this) {
      given.clear();
      ancestors.retainAll(missing);
      return !ancestors.isEmpty();
    }
  }

  private void onWorker(Runnable task) {
    try {
      means
          .workers()
          .execute(
              () -> {
                try {
                  task.run();
                } catch (RuntimeException | Error failure) {
                  answer.completeExceptionally(failure);
                }
              });
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(
          new DefraException(ErrorCode.BUSY, "too many commits are being received", full));
    }
  }

  private void fetchSubDag() {
    SubDagRequest request;
    synchronized (this) {
      request = new SubDagRequest(List.copyOf(missing), heads);
    }
    means
        .subDags()
        .fetch(from, request, this::takeSubDag)
        .whenComplete((done, failure) -> onWorker(this::fetchMore));
  }

  private CompletionStage<Void> takeSubDag(List<Bytes> blocks) {
    var taken = new CompletableFuture<Void>();
    onWorker(
        () -> {
          for (Bytes block : blocks) {
            Cid cid = BlockCodec.cid(block.unsafeArray());
            boolean isWanted;
            synchronized (this) {
              isWanted = missing.remove(cid);
            }
            if (isWanted) {
              arrived(cid, block);
            }
          }
          taken.complete(null);
        });
    var unused =
        answer.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                taken.complete(null);
              } else {
                taken.completeExceptionally(failure); // the rest need not be sent
              }
            });
    return taken;
  }

  /** A block that is new here. On a worker. */
  private void arrived(Cid cid, Bytes block) {
    synchronized (this) {
      keep(cid, block);
    }
    keepWhenMany();
    look(below(block));
  }

  private List<Cid> below(Bytes block) {
    if (!BlockCodec.isCommit(block.unsafeArray())) {
      return List.of();
    }
    Block commit = BlockCodec.decode(block.unsafeArray());
    List<Cid> links = new ArrayList<>(commit.heads());
    commit.links().forEach(link -> links.add(link.cid()));
    Cid signature = commit.signature();
    if (signature != null) {
      links.add(signature);
    }
    return links;
  }

  /** Notes which of these are missing; those that are here are looked through in place. */
  private void look(List<Cid> cids) {
    if (cids.isEmpty()) {
      return;
    }
    Deque<Cid> open = new ArrayDeque<>(cids);
    try (Transaction transaction = means.database().begin(true)) {
      BlockMerger merger = transaction.merger();
      while (!open.isEmpty()) {
        Cid cid = open.remove();
        if (merger.isApplied(cid) || isKnown(cid)) {
          continue;
        }
        Bytes here = takeGiven(cid);
        if (here == null) {
          here = transaction.commits().raw(cid);
        }
        if (here == null) {
          synchronized (this) {
            missing.add(cid);
          }
        } else {
          open.addAll(below(here));
        }
      }
    }
  }

  private synchronized @Nullable Bytes takeGiven(Cid cid) {
    Bytes block = given.remove(cid);
    if (block != null) {
      keep(cid, block);
      if (BlockCodec.isCommit(block.unsafeArray())) {
        ancestors.addAll(BlockCodec.decode(block.unsafeArray()).heads());
      }
    }
    return block;
  }

  /** Guarded by this. */
  private void keep(Cid cid, Bytes block) {
    if (!isReleased) {
      fetched.put(cid, block);
      bytes += block.length();
      means.room().addBytes(block.length());
    }
  }

  private synchronized boolean isKnown(Cid cid) {
    if (isReleased || seen.contains(cid)) {
      return true;
    }
    if (!means.room().addCid(seen.size())) {
      throw new DefraException(ErrorCode.BUSY, "too many blocks are being fetched");
    }
    seen.add(cid);
    return false;
  }

  /** What was fetched is dealt with; nothing of it is kept here any more. */
  synchronized void release() {
    isReleased = true;
    means.room().release(bytes, seen.size());
    bytes = 0;
    seen.clear();
    missing.clear();
    fetched = new HashMap<>();
  }

  /** Asks for what is missing, some at a time; ends when that is nothing. */
  private void fetchMore() {
    List<Cid> next = new ArrayList<>();
    boolean isDone;
    synchronized (this) {
      var waiting = missing.iterator();
      while (underWay < UNDER_WAY_MAX && waiting.hasNext()) {
        next.add(waiting.next());
        waiting.remove();
        underWay++;
      }
      isDone = underWay == 0;
    }
    if (isDone) {
      answer.complete(fetched);
    }
    next.forEach(this::fetch);
  }

  private void fetch(Cid cid) {
    session
        .fetch(cid, BLOCK_LIMIT)
        .whenComplete(
            (block, failure) ->
                onWorker(
                    () -> {
                      if (block != null) {
                        arrived(cid, block);
                      }
                      synchronized (this) {
                        underWay--;
                      }
                      fetchMore();
                    }));
  }

  private void keepWhenMany() {
    Map<Cid, Bytes> many;
    synchronized (this) {
      if (bytes < BYTES_MAX && !means.room().isFull(bytes)) {
        return;
      }
      many = fetched;
      fetched = new HashMap<>();
      means.room().release(bytes, 0);
      bytes = 0;
    }
    try (Transaction transaction = means.database().begin(Origin.LOCAL)) {
      BlockMerger merger = transaction.merger();
      many.forEach(merger::keep);
      transaction.commit();
    }
  }
}
