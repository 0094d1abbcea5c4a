package io.defradb.db.txn;

import io.defradb.dag.SignatureCheck;
import io.defradb.db.Catalog;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.apply.Commit;
import io.defradb.db.catalog.CatalogState;
import io.defradb.db.catalog.CatalogStore;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.db.overlay.LongSet;
import io.defradb.db.overlay.Overlay;
import io.defradb.db.write.StoreWriter.WriteSettings;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.event.EventBus;
import io.defradb.event.LogAdvanced;
import io.defradb.lens.Lenses;
import io.defradb.schema.CollectionVersion;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The database on a key-value store. Committing transactions form groups: the first to come writes
 * for all that wait, in the order of arrival, one batch for the group; numbers of the log are given
 * out only there, so there are no gaps.
 *
 * <p>Safe for use by many threads. Does not close the store.
 */
public final class StoreDatabase implements Database {
  private static final int OPEN_MAX = 4096;
  private static final int GROUP_MAX = 64;
  private static final int FINGERPRINTS_MAX = 2_000_000;
  private static final long TRANSACTION_BYTES_MAX = 256L << 20;

  private final KeyValueStore store;
  private final Durability durability;
  private final WriteSettings settings;
  private final Lenses lenses;
  private final EventBus events;
  private final SignatureCheck signatures = new SignatureCheck();
  private final ConflictWindow window = new ConflictWindow(FINGERPRINTS_MAX);
  private final Set<StoreTransaction> writing = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progressed = lock.newCondition();
  private final List<Waiting> queue = new ArrayList<>();
  private final AtomicLong generations;
  private CatalogState catalog;
  private boolean isWriting;
  private boolean isCatalogWritten;
  private long committed;
  private long lastSeq;
  private long lastId;
  private int open;

  /** A transaction in the queue, and how it ended. */
  private static final class Waiting {
    private final GroupEncoder encoder;
    private boolean isDone;
    private @Nullable RuntimeException failure;

    Waiting(GroupEncoder encoder) {
      this.encoder = encoder;
    }
  }

  private StoreDatabase(
      KeyValueStore store,
      Durability durability,
      WriteSettings settings,
      EventBus events,
      Lenses lenses,
      CatalogState catalog,
      long lastSeq) {
    this.lenses = lenses;
    this.store = store;
    this.durability = durability;
    this.settings = settings;
    this.events = events;
    this.catalog = catalog;
    this.generations = new AtomicLong(catalog.generation());
    this.lastSeq = lastSeq;
  }

  /** Opens the database of a store that has all {@code Columns}. */
  public static StoreDatabase open(
      KeyValueStore store, Durability durability, WriteSettings settings, EventBus events) {
    return open(store, durability, settings, events, Lenses.NONE);
  }

  /** {@code lenses}: run migrations between versions of a collection. */
  public static StoreDatabase open(
      KeyValueStore store,
      Durability durability,
      WriteSettings settings,
      EventBus events,
      Lenses lenses) {
    try (Snapshot snapshot = store.snapshot()) {
      return new StoreDatabase(
          store,
          durability,
          settings,
          events,
          lenses,
          CatalogStore.load(snapshot),
          new LogReader(snapshot).newestSeq());
    }
  }

  Lenses lenses() {
    return lenses;
  }

  /** Of all merges. */
  SignatureCheck signatures() {
    return signatures;
  }

  WriteSettings settings() {
    return settings;
  }

  /** A number for a changed catalog: what is cached for one must not be found for another. */
  long nextGeneration() {
    return generations.incrementAndGet();
  }

  /** The greatest number of the log. */
  public long lastSeq() {
    lock.lock();
    try {
      return lastSeq;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Transaction begin(boolean isReadOnly) {
    return begin(isReadOnly, Origin.LOCAL);
  }

  @Override
  public Transaction begin(Origin origin) {
    return begin(false, origin);
  }

  private Transaction begin(boolean isReadOnly, Origin origin) {
    lock.lock();
    try {
      while (isCatalogWritten) { // a snapshot could show what the catalog here does not know yet
        progressed.awaitUninterruptibly();
      }
      if (open >= OPEN_MAX) {
        throw new DefraException(ErrorCode.BUSY, "too many open transactions", "Max", OPEN_MAX);
      }
      var overlay = new Overlay(store.snapshot(), isReadOnly, TRANSACTION_BYTES_MAX);
      var transaction = new StoreTransaction(this, ++lastId, committed, overlay, catalog, origin);
      open++;
      if (!isReadOnly) {
        writing.add(transaction);
      }
      return transaction;
    } finally {
      lock.unlock();
    }
  }

  void ended(StoreTransaction transaction) {
    lock.lock();
    try {
      open--;
      writing.remove(transaction);
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the transaction is stored; throws when it is not. */
  void commit(StoreTransaction transaction) {
    settings.blocks().helpers().busy(() -> store(transaction));
  }

  private void store(StoreTransaction transaction) {
    noteCatalog(transaction);
    var waiting = new Waiting(new GroupEncoder(transaction));
    lock.lock();
    try {
      queue.add(waiting);
      while (!waiting.isDone) {
        if (isWriting) {
          progressed.awaitUninterruptibly();
        } else {
          writeGroup();
        }
      }
    } finally {
      lock.unlock();
    }
    if (waiting.failure != null) {
      throw waiting.failure;
    }
  }

  /** What changed in the catalog stands in the log as well, active versions last. */
  private void noteCatalog(StoreTransaction transaction) {
    Catalog catalog = transaction.ownCatalog();
    transaction.ownCatalog().changedVersions().stream()
        .sorted(
            Comparator.comparing(
                    (String id) ->
                        catalog.byVersionId(id).filter(CollectionVersion::isActive).isPresent())
                .thenComparing(Comparator.naturalOrder()))
        .map(
            versionId ->
                new LogEntry(
                    0,
                    0,
                    0,
                    LogEntry.Kind.SCHEMA,
                    LogEntry.Op.UPDATE,
                    null,
                    null,
                    versionId,
                    List.of(),
                    0,
                    List.of(),
                    settings.clock().instant(),
                    transaction.origin(),
                    null,
                    false,
                    false,
                    List.of()))
        .forEach(entry -> transaction.ownCommits().add(new Commit(entry, List.of(), null, null)));
  }

  /** Called with the lock held; lets go of it while the store writes. */
  private void writeGroup() {
    isWriting = true;
    List<Waiting> group = new ArrayList<>(queue.subList(0, Math.min(GROUP_MAX, queue.size())));
    queue.subList(0, group.size()).clear();
    try {
      writeGroup(group);
    } catch (RuntimeException e) {
      fail(group, e);
    } catch (Error e) { // or those that wait would wait for ever
      fail(group, new DefraException(ErrorCode.INTERNAL, "the commit was not stored", e));
      throw e;
    } finally {
      isWriting = false;
      isCatalogWritten = false;
      progressed.signalAll();
    }
  }

  @SuppressWarnings("ReferenceEquality") // each change makes a new one
  private static boolean isAnother(CatalogState newest, CatalogState catalog) {
    return newest != catalog;
  }

  private static void fail(List<Waiting> group, RuntimeException failure) {
    for (Waiting each : group) {
      if (!each.isDone) {
        each.failure = failure;
        each.isDone = true;
      }
    }
  }

  private void writeGroup(List<Waiting> group) {
    window.prune(writing.stream().mapToLong(StoreTransaction::began).min().orElse(committed));
    long seq = lastSeq;
    CatalogState newest = catalog;
    var batch = new WriteBatch();
    var writtenHere = new LongSet();
    List<Waiting> accepted = new ArrayList<>();
    for (Waiting each : group) {
      StoreTransaction transaction = each.encoder.transaction();
      LongSet reads = transaction.overlay().reads();
      if (window.hasConflict(transaction.began(), reads) || reads.isAny(writtenHere::contains)) {
        each.failure =
            new DefraException(ErrorCode.TXN_CONFLICT, "transaction conflict. Please retry");
        each.isDone = true;
        continue;
      }
      each.encoder.addTo(batch, seq + 1);
      Arrays.stream(each.encoder.written()).forEach(writtenHere::add);
      seq += each.encoder.entries();
      newest = transaction.ownCatalog().isChanged() ? transaction.ownCatalog().state() : newest;
      accepted.add(each);
    }
    isCatalogWritten = isAnother(newest, catalog);
    RuntimeException failure = store(batch);
    if (failure != null) {
      fail(accepted, failure);
      return;
    }
    // What was not stored must not stand in the window, where it would hide what was before it.
    for (Waiting each : accepted) {
      window.add(++committed, each.encoder.written());
      each.isDone = true;
    }
    catalog = newest;
    isCatalogWritten = false;
    if (seq > lastSeq) {
      lastSeq = seq;
      events.publish(new LogAdvanced(seq));
    }
  }

  /**
   * Writes without the lock, so that others can begin, prepare and queue meanwhile; {@code null}:
   * stored.
   */
  private @Nullable RuntimeException store(WriteBatch batch) {
    if (batch.isEmpty()) {
      return null;
    }
    lock.unlock();
    try {
      store.write(batch, durability);
      return null;
    } catch (RuntimeException e) {
      return e;
    } finally {
      lock.lock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      while (isWriting || !queue.isEmpty()) {
        progressed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
