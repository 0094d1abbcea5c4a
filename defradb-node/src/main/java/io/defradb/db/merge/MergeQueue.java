package io.defradb.db.merge;

import io.defradb.db.BlockMerger;
import io.defradb.db.Database;
import io.defradb.db.MergeOutcome;
import io.defradb.db.Transaction;
import io.defradb.db.log.Origin;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Merges received commits: one document one after the other, a branchable collection likewise,
 * different ones side by side on the given workers. What a merge answers is stored: the commits, or
 * the blocks that came with a {@link Want} for those that did not. Safe for use by many threads.
 */
public final class MergeQueue {
  private static final int CONFLICTS_MAX = 20;
  private static final int COMMITS_PER_TRANSACTION = 500;

  private final Database database;
  private final Executor workers;
  private final InstantSource clock;
  private final int queuedMax;
  private final Map<String, Queue<Task>> lanes = new HashMap<>();
  private int queued;

  private record Task(MergeRequest request, CompletableFuture<MergeOutcome> answer) {}

  /** {@code queuedMax}: of merges waiting or running; beyond it they are refused with BUSY. */
  public MergeQueue(Database database, Executor workers, InstantSource clock, int queuedMax) {
    this.database = database;
    this.workers = workers;
    this.clock = clock;
    this.queuedMax = queuedMax;
  }

  /**
   * Queues a merge. The answer completes on a worker, when what it says is stored; exceptionally
   * with a {@link DefraException}: BUSY, COLLECTION_NOT_FOUND, STORAGE_FULL, or that the commit is
   * invalid and never will be applied.
   */
  public CompletableFuture<MergeOutcome> submit(MergeRequest request) {
    var task = new Task(request, new CompletableFuture<>());
    String lane;
    try {
      lane = lane(request);
    } catch (DefraException e) {
      task.answer.completeExceptionally(e);
      return task.answer;
    }
    Queue<Task> opened;
    synchronized (lanes) {
      if (queued >= queuedMax) {
        task.answer.completeExceptionally(
            new DefraException(ErrorCode.BUSY, "too many merges are waiting", "Max", queuedMax));
        return task.answer;
      }
      queued++;
      Queue<Task> waiting = lanes.get(lane);
      if (waiting != null) {
        waiting.add(task);
        return task.answer;
      }
      opened = new ArrayDeque<>(List.of(task));
      lanes.put(lane, opened);
    }
    start(lane, opened);
    return task.answer;
  }

  private String lane(MergeRequest request) {
    try (Transaction transaction = database.begin(true)) {
      CollectionVersion collection = collection(transaction, request.collectionId());
      return collection.isBranchable() || request.docId() == null
          ? collection.collectionId()
          : request.docId().text();
    }
  }

  /** Nobody would come back to a lane that is not started: who waits in it hears so. */
  private void start(String lane, Queue<Task> waiting) {
    try {
      workers.execute(() -> run(lane, waiting));
    } catch (RejectedExecutionException full) {
      List<Task> refused;
      synchronized (lanes) {
        refused = List.copyOf(waiting);
        queued -= refused.size();
        lanes.remove(lane);
      }
      var busy = new DefraException(ErrorCode.BUSY, "too many merges are waiting", full);
      refused.forEach(task -> task.answer.completeExceptionally(busy));
    }
  }

  /** One merge of a lane, then the next as a task of its own, so that lanes take turns. */
  private void run(String lane, Queue<Task> waiting) {
    Task task;
    synchronized (lanes) {
      task = waiting.element();
    }
    MergeOutcome outcome = null;
    Throwable failure = null;
    try {
      outcome = merge(task.request);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    boolean isMore;
    synchronized (lanes) {
      queued--;
      waiting.remove();
      isMore = !waiting.isEmpty();
      if (!isMore) {
        lanes.remove(lane);
      }
    }
    if (isMore) {
      start(lane, waiting);
    }
    if (failure == null) {
      task.answer.complete(outcome);
    } else {
      task.answer.completeExceptionally(failure);
    }
  }

  private MergeOutcome merge(MergeRequest request) {
    int commits = 0;
    int conflicts = 0;
    while (true) {
      try (Transaction transaction = database.begin(new Origin.Remote(request.peerId()))) {
        MergeOutcome outcome = merge(request, transaction);
        transaction.commit();
        if (!(outcome instanceof MergeOutcome.Applied applied)) {
          return outcome;
        }
        commits += applied.commits();
        if (applied.isComplete()) {
          return new MergeOutcome.Applied(commits, true, applied.violations());
        }
      } catch (DefraException e) {
        if (e.code() != ErrorCode.TXN_CONFLICT || ++conflicts > CONFLICTS_MAX) {
          throw e;
        }
      }
    }
  }

  private MergeOutcome merge(MergeRequest request, Transaction transaction) {
    BlockMerger merger = transaction.merger();
    CollectionVersion collection = collection(transaction, request.collectionId());
    MergeOutcome outcome =
        merger.merge(collection, request.cid(), request.fetched(), COMMITS_PER_TRANSACTION);
    if (outcome instanceof MergeOutcome.Applied applied) {
      if (applied.isComplete()) {
        Wants.remove(transaction.local(), request.cid());
      }
    } else if (outcome instanceof MergeOutcome.MissingBlocks missing) {
      note(request, collection, Want.Reason.BLOCKS, missing.blocks(), transaction);
    } else if (outcome instanceof MergeOutcome.MissingKeys missing) {
      note(request, collection, Want.Reason.KEYS, missing.keys(), transaction);
    }
    return outcome;
  }

  private void note(
      MergeRequest request,
      CollectionVersion collection,
      Want.Reason reason,
      Set<Cid> missing,
      Transaction transaction) {
    BlockMerger merger = transaction.merger();
    for (Map.Entry<Cid, Bytes> block : request.fetched().entrySet()) {
      merger.keep(block.getKey(), block.getValue());
    }
    Optional<Want> known = Wants.find(transaction.local(), request.cid());
    Wants.put(
        transaction.local(),
        new Want(
            request.cid(),
            collection.collectionId(),
            request.docId(),
            request.peerId(),
            reason,
            missing,
            known.map(Want::since).orElseGet(clock::instant)));
  }

  /**
   * Forgets the oldest wants of blocks beyond {@code max}: of what was told by gossip and may never
   * be had, because it is protected, say. What was pushed is told again, for it was not
   * acknowledged; wants of keys stay, for they were. Answers how many were forgotten.
   */
  public int forgetWants(int max) {
    List<Want> wants =
        wants().stream().filter(want -> want.reason() == Want.Reason.BLOCKS).toList();
    int tooMany = wants.size() - max;
    if (tooMany <= 0) {
      return 0;
    }
    try (Transaction transaction = database.begin(Origin.LOCAL)) {
      wants.stream()
          .sorted(Comparator.comparing(Want::since))
          .limit(tooMany)
          .forEach(want -> Wants.remove(transaction.local(), want.cid()));
      transaction.commit();
    }
    return tooMany;
  }

  /** What was received and could not be applied yet, in the order of CIDs' bytes. */
  public List<Want> wants() {
    try (Transaction transaction = database.begin(true)) {
      return Wants.list(transaction.local());
    }
  }

  /** The active version; also found by the ID of one of its versions, which some peers send. */
  public static CollectionVersion collection(Transaction transaction, String id) {
    CollectionVersion known = transaction.catalog().byVersionId(id).orElse(null);
    String collectionId = known == null ? id : known.collectionId();
    return active(transaction, collectionId)
        .or(() -> Optional.ofNullable(known))
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "CollectionID", id));
  }

  private static Optional<CollectionVersion> active(
      Transaction transaction, @Nullable String collectionId) {
    return transaction.catalog().active().stream()
        .filter(version -> version.collectionId().equals(collectionId))
        .findFirst();
  }
}
