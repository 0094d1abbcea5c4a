package io.defradb.replication.pushlog;

import io.defradb.dag.BlockCodec;
import io.defradb.db.CommitReader;
import io.defradb.db.Database;
import io.defradb.db.MergeOutcome;
import io.defradb.db.Transaction;
import io.defradb.db.merge.MergeQueue;
import io.defradb.db.merge.MergeRequest;
import io.defradb.db.merge.Want;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.BlockExchange;
import io.defradb.libp2p.protocol.bitswap.BlockSession;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.subdag.SubDags;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commits that peers tell: what is below them is fetched, then they are merged. An answer
 * means that the commit is applied, or stored whole and waiting for its key. What cannot be had now
 * stays a stored want, tried again by {@link #retryWants}. Safe for use by many threads; nothing
 * blocks the caller.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure is judged where the chain ends
public final class LogReceiver {
  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int OPEN_MAX = 512;
  private static final int RETRIED_MAX = 64;
  private static final int WANTS_MAX = 10_000;

  private final Database database;
  private final MergeQueue merges;
  private final BlockExchange exchange;
  private final DagFetch.Means means;
  private final KeySource keys;
  private final Executor workers;
  private final Map<Cid, CompletableFuture<Void>> open = new HashMap<>();
  private final LongAdder refused = new LongAdder();
  private final AtomicBoolean isRetrying = new AtomicBoolean();
  private int retried;

  /**
   * A commit that somebody told of.
   *
   * @param docId see {@link PushLog}
   * @param owner who has it with all that is below, and need not be told of it
   */
  private record Told(String collectionId, @Nullable DocId docId, Cid cid, PeerId owner) {
    static Told again(Want want) {
      return new Told(want.collectionId(), want.docId(), want.cid(), PeerId.parse(want.peerId()));
    }

    MergeRequest merge(Map<Cid, Bytes> fetched) {
      return new MergeRequest(collectionId, docId, cid, owner.toString(), fetched);
    }
  }

  /** {@code keys}: where those of encrypted commits may be had. */
  public LogReceiver(
      Database database,
      MergeQueue merges,
      BlockExchange exchange,
      SubDags subDags,
      KeySource keys,
      Executor workers) {
    this.database = database;
    this.merges = merges;
    this.exchange = exchange;
    this.keys = keys;
    this.means = new DagFetch.Means(database, subDags, workers, new FetchRoom());
    this.workers = workers;
  }

  /**
   * Takes a told commit. Fails with BUSY when too many are being taken, COLLECTION_NOT_FOUND,
   * BLOCK_NOT_FOUND when something below it did not come, PEER_FAULT, INVALID_CBOR,
   * SIGNATURE_INVALID when it is wrong for ever.
   */
  public CompletionStage<Void> receive(PushLog log, PeerId from) {
    return receive(log, from, from);
  }

  /**
   * The same for a message of a topic, which somebody passed on without having the commit, perhaps.
   * Fails with PEER_FAULT too when it names another creator than signed it.
   *
   * @param from whom to ask for what is below it
   * @param author who signed the message: it has the commit with all that is below
   */
  public CompletionStage<Void> heard(Bytes message, PeerId from, PeerId author) {
    PushLog log = PushLog.decode(message);
    if (!log.creator().equals(author)) {
      return CompletableFuture.failedFuture(
          new DefraException(ErrorCode.PEER_FAULT, "a commit is told in another's name"));
    }
    return receive(log, from, author);
  }

  private CompletionStage<Void> receive(PushLog log, PeerId from, PeerId owner) {
    if (!BlockCodec.isCommit(log.block().unsafeArray())) {
      return CompletableFuture.failedFuture(
          new DefraException(ErrorCode.PEER_FAULT, "failed to unmarshal block"));
    }
    List<Bytes> brought = new ArrayList<>(log.below());
    brought.add(log.block());
    return take(new Told(log.collectionId(), log.docId(), log.cid(), owner), from, brought);
  }

  /** The same for a commit of which only the CID is known. {@code docId}: see {@link PushLog}. */
  public CompletionStage<Void> fetchAndMerge(
      String collectionId, @Nullable DocId docId, Cid head, PeerId from) {
    return take(new Told(collectionId, docId, head, from), from, List.of());
  }

  /**
   * Tries some of what waits, each time those that follow; to be called now and then, and when a
   * peer has connected.
   */
  public void retryWants() {
    if (!isRetrying.compareAndSet(false, true)) {
      return; // one that has not begun does for all
    }
    try {
      workers.execute(
          () -> {
            isRetrying.set(false);
            try {
              nextWants().forEach(this::takeAgain);
            } catch (DefraException unavailable) {
              LOG.atWarn()
                  .addKeyValue("Error", unavailable.getMessage())
                  .log("What is wanted was not looked for");
            }
          });
    } catch (RejectedExecutionException full) {
      isRetrying.set(false); // the next call finds them still waiting
    }
  }

  private void takeAgain(Want want) {
    Told told = Told.again(want);
    var unused = take(told, told.owner, List.of());
  }

  /** What can never be had does not keep the rest from its turn. */
  private List<Want> nextWants() {
    int forgotten = merges.forgetWants(WANTS_MAX);
    if (forgotten > 0) {
      LOG.atWarn().addKeyValue("Count", forgotten).log("Commits that cannot be had are forgotten");
    }
    List<Want> wants = merges.wants();
    synchronized (open) {
      int first = retried >= wants.size() ? 0 : retried;
      List<Want> next = wants.subList(first, Math.min(wants.size(), first + RETRIED_MAX));
      retried = first + next.size();
      return next;
    }
  }

  /** How many commits were not taken because too many were being taken; they are told again. */
  public long refused() {
    return refused.sum();
  }

  /** What was told and cannot be applied yet. Reads the store. */
  public List<Want> wants() {
    return merges.wants();
  }

  /** A commit that is being taken already is not taken twice: both get one answer. */
  private CompletableFuture<Void> take(Told told, PeerId from, List<Bytes> brought) {
    Cid cid = told.cid;
    var answer = new CompletableFuture<Void>();
    synchronized (open) {
      CompletableFuture<Void> known = open.get(cid);
      if (known != null) {
        return known;
      }
      if (open.size() >= OPEN_MAX) {
        refused.increment();
        return CompletableFuture.failedFuture(
            new DefraException(ErrorCode.BUSY, "too many commits are being received"));
      }
      open.put(cid, answer);
    }
    try {
      workers.execute(
          () -> {
            try {
              begin(told, from, brought, answer);
            } catch (RuntimeException | Error failure) {
              end(cid, answer, failure);
            }
          });
    } catch (RejectedExecutionException full) {
      refused.increment();
      end(cid, answer, new DefraException(ErrorCode.BUSY, "too many commits are being received"));
    }
    return answer;
  }

  private void end(Cid cid, CompletableFuture<Void> answer, @Nullable Throwable failure) {
    synchronized (open) {
      open.remove(cid);
    }
    if (failure == null) {
      answer.complete(null);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  private void begin(Told told, PeerId from, List<Bytes> brought, CompletableFuture<Void> answer) {
    Cid cid = told.cid;
    List<Cid> heads;
    try (Transaction transaction = database.begin(true)) {
      CollectionVersion collection = MergeQueue.collection(transaction, told.collectionId);
      boolean isWant = brought.isEmpty(); // which the merge removes
      if (!isWant && transaction.merger().isApplied(cid)) {
        end(cid, answer, null);
        return;
      }
      heads = heads(transaction.commits(), collection, told.docId);
    }
    BlockSession session = exchange.session(List.of(from));
    var fetch = new DagFetch(means, session, from, heads);
    fetch
        .start(cid, brought)
        .thenCompose(
            fetched ->
                merges
                    .submit(told.merge(fetched))
                    .thenApply(outcome -> judge(outcome, fetched.keySet())))
        .whenComplete(
            (outcome, failure) -> {
              session.close();
              fetch.release();
              end(cid, answer, failure == null ? null : cause(failure));
              if (outcome instanceof MergeOutcome.MissingKeys missing) {
                mergeWithKeys(told, missing.keys());
              }
            });
  }

  /** What waits for its keys is stored; keys that do not come now are asked for as wants are. */
  private void mergeWithKeys(Told told, Set<Cid> missing) {
    var unused =
        keys.fetch(missing)
            .thenCompose(
                areHere ->
                    areHere
                        ? merges.submit(told.merge(Map.of()))
                        : CompletableFuture.<@Nullable MergeOutcome>completedFuture(null))
            .exceptionally(
                failure -> {
                  LOG.atWarn()
                      .addKeyValue("CID", told.cid)
                      .setCause(failure)
                      .log("A commit was not merged when its keys had come");
                  return null;
                });
  }

  /** What the chain of the commit has come to here. */
  private static List<Cid> heads(
      CommitReader commits, CollectionVersion collection, @Nullable DocId docId) {
    return docId == null
        ? commits.collectionHeads(collection)
        : commits.tip(collection, docId).map(CommitReader.Tip::heads).orElse(List.of());
  }

  private MergeOutcome judge(MergeOutcome outcome, Set<Cid> stored) {
    exchange.stored(stored);
    if (outcome instanceof MergeOutcome.MissingBlocks missing) {
      throw new DefraException(
          ErrorCode.BLOCK_NOT_FOUND, "ipld: could not find " + missing.blocks().iterator().next());
    }
    return outcome;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof java.util.concurrent.CompletionException && cause != null
        ? cause
        : failure;
  }
}
