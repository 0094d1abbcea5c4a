package io.defradb.replication.topic;

import io.defradb.db.CommitReader;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.event.EventBus;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.AccompanyingBlocks;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.schema.CollectionVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what this node commits on the topics of document and collection (network specification,
 * section 7.4). It follows the log, so that nothing is told that is not stored; what others made is
 * not told again. Best effort: while nobody is connected it only moves on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // an announcement is best effort
public final class CommitAnnouncer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int BATCH = 128;

  private final Database database;
  private final AnsweredTopics topics;
  private final PeerId self;
  private final Executor workers;
  private final Audience audience;
  private final SwiftFollowers swift;
  private final UnheardCommits unheard;
  private final EventLoop loop;
  private final HotDocuments hot = new HotDocuments();
  private final EventBus.Subscription subscription;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private final AtomicBoolean isDue = new AtomicBoolean();
  private volatile boolean isClosed;

  /** Touched while running only. */
  private EventLoop.@Nullable Timer timer;

  private volatile long seen;
  private volatile long newest;

  /** A message and where it goes. */
  private record Announcement(String topic, Bytes message) {}

  /**
   * Begins with what is committed from now on.
   *
   * @param workers where the store is read
   * @param loop for its clock and timers
   */
  public CommitAnnouncer(
      Database database,
      AnsweredTopics topics,
      PeerId self,
      EventBus events,
      Executor workers,
      EventLoop loop,
      Audience audience) {
    this.database = database;
    this.topics = topics;
    this.self = self;
    this.workers = workers;
    this.loop = loop;
    this.audience = audience;
    this.swift = new SwiftFollowers(topics, audience);
    this.unheard = new UnheardCommits(topics, audience, loop);
    try (Transaction transaction = database.begin(true)) {
      this.seen = transaction.log().newestSeq();
    }
    this.newest = seen;
    this.subscription = events.subscribe(event -> advanced(event.lastSeq()));
  }

  /** On the committing thread. */
  private void advanced(long lastSeq) {
    newest = lastSeq;
    wake();
  }

  private void wake() {
    if (!isClosed && (newest > seen || isDue.get()) && isRunning.compareAndSet(false, true)) {
      try {
        workers.execute(this::run);
      } catch (RuntimeException full) { // the next commit tries again
        isRunning.set(false);
      }
    }
  }

  private void due() {
    isDue.set(true);
    wake();
  }

  private void awaitDue() {
    Duration delay = hot.delay(loop.nanoTime());
    if (timer != null) {
      timer.cancel();
    }
    timer = delay == null || isClosed ? null : loop.schedule(delay, this::due);
  }

  private void run() {
    List<Announcement> batch = new ArrayList<>();
    try {
      if (isDue.getAndSet(false)) {
        hot.takeDue(loop.nanoTime()).forEach(log -> announce(log, batch));
      }
      batch.addAll(read());
      awaitDue();
    } catch (RuntimeException failure) {
      LOG.atWarn().addKeyValue("Error", failure.getMessage()).log("Commits were not announced");
    }
    CompletableFuture.allOf(
            batch.stream()
                .map(one -> topics.publish(one.topic, one.message).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .whenComplete(
            (done, failure) -> {
              isRunning.set(false);
              wake();
            });
  }

  private List<Announcement> read() {
    if (audience.isEmpty()) {
      seen = newest;
      return List.of();
    }
    List<Announcement> batch = new ArrayList<>();
    try (Transaction transaction = database.begin(true);
        LogReader.Entries entries = transaction.log().after(seen)) {
      for (int i = 0; i < BATCH; i++) {
        LogEntry entry = entries.next();
        if (entry == null) {
          break;
        }
        announce(transaction, entry, batch);
        seen = entry.seq();
      }
    }
    return batch;
  }

  private void announce(Transaction transaction, LogEntry entry, List<Announcement> batch) {
    if (entry.origin() instanceof Origin.Remote) {
      return;
    }
    CollectionVersion collection =
        transaction.catalog().byVersionId(entry.schemaVersionId()).orElse(null);
    if (collection != null) {
      // Who reads a topic or is called is not known to be somebody who may read protected
      // documents.
      boolean isOpenToAll = collection.policy() == null;
      boolean hasSlowPeers = audience.hasSlowPeers();
      for (Cid cid : told(entry)) {
        PushLog log =
            log(transaction.commits(), entry, collection, cid, isOpenToAll && !hasSlowPeers);
        if (log != null) {
          tell(log, isOpenToAll, hasSlowPeers, batch);
        }
      }
    }
  }

  private void tell(
      PushLog log, boolean isOpenToAll, boolean hasSlowPeers, List<Announcement> batch) {
    if (!hasSlowPeers || hot.mayTell(log, loop.nanoTime())) {
      if (hasSlowPeers && isOpenToAll) {
        unheard.tell(log);
      }
      announce(log, batch);
    } else {
      swift.tell(log);
    }
  }

  private static void announce(PushLog log, List<Announcement> batch) {
    Bytes message = log.encode();
    if (log.docId() != null) {
      batch.add(new Announcement(log.docId().text(), message));
    }
    batch.add(new Announcement(log.collectionId(), message));
  }

  /** The commit; when somebody may see a document from now on, where it stands. */
  private static List<Cid> told(LogEntry entry) {
    Cid cid = entry.cid();
    return switch (entry.kind()) {
      case DOCUMENT, COLLECTION -> cid == null ? List.of() : List.of(cid);
      case ACCESS -> entry.heads();
      case SCHEMA -> List.of();
    };
  }

  /** {@code isWithParts}: what is below it goes with it; who is slow asks for each block anyway. */
  private @Nullable PushLog log(
      CommitReader commits,
      LogEntry entry,
      CollectionVersion collection,
      Cid cid,
      boolean isWithParts) {
    Bytes block = commits.raw(cid);
    if (block == null) {
      return null;
    }
    List<Bytes> below = isWithParts ? AccompanyingBlocks.ofTopic(commits, cid) : List.of();
    return new PushLog(entry.docId(), cid, collection.collectionId(), self, block, below);
  }

  @Override
  public void close() {
    isClosed = true;
    subscription.close();
    unheard.close();
  }
}
