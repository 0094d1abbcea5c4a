package io.defradb.replication.replicator;

import io.defradb.acp.Asker;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.db.Database;
import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.document.DocId;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.AccompanyingBlocks;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.schema.CollectionVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what a replicator pushes next: older documents first, then the log. */
final class BatchReader {
  private static final int DOCUMENTS_MAX = 256;
  private static final int ENTRIES_MAX = 1024;

  private final Database database;
  private final PeerId self;
  private final PeerId peer;
  private final BooleanSupplier takesBlocks;
  private final ToldHistories told = new ToldHistories();

  /** {@code takesBlocks}: see {@link PushTarget#takesBlocks}. */
  BatchReader(Database database, PeerId self, PeerId peer, BooleanSupplier takesBlocks) {
    this.database = database;
    this.self = self;
    this.peer = peer;
    this.takesBlocks = takesBlocks;
  }

  /** {@code null}: the peer has been told everything that is in the log. */
  @Nullable Batch next(ReplicatorState state) {
    try (Transaction transaction = database.begin(true)) {
      return state.backfill().isEmpty() ? fromLog(state, transaction) : older(state, transaction);
    }
  }

  /** Owed documents and chains as they are now; none for what is not here any more. */
  List<Parcel> owed(Collection<String> names) {
    try (Transaction transaction = database.begin(true)) {
      List<Parcel> parcels = new ArrayList<>();
      for (String name : names) {
        CollectionVersion collection = active(transaction, name);
        if (collection == null) {
          parcels.add(document(new DocId(name), transaction, told.isLacking(name)));
        } else {
          parcels.add(chain(collection, transaction.commits()));
        }
      }
      return parcels;
    }
  }

  /** These were told with their stages, whatever became of it. */
  void told(Collection<Parcel> parcels) {
    told.add(parcels);
  }

  private Batch older(ReplicatorState state, Transaction transaction) {
    String collectionId = state.backfill().firstKey();
    String after = state.backfill().getOrDefault(collectionId, "");
    CollectionVersion collection = active(transaction, collectionId);
    List<Parcel> parcels = new ArrayList<>();
    DocId last = null;
    int count = 0;
    if (collection != null) {
      try (DocumentCursor documents =
          transaction
              .documents(Asker.NODE)
              .scan(collection, after.isEmpty() ? null : new DocId(after), true)) {
        for (StoredDocument next = documents.next();
            next != null && count < DOCUMENTS_MAX;
            next = count < DOCUMENTS_MAX ? documents.next() : null) {
          last = next.docId();
          count++;
          parcels.add(document(last, collection, transaction.commits()));
        }
      }
    }
    boolean isDone = count < DOCUMENTS_MAX;
    if (isDone && collection != null && collection.isBranchable()) {
      parcels.add(chain(collection, transaction.commits()));
    }
    String position = last == null ? after : last.text();
    return new Batch(
        parcels,
        current -> {
          var backfill = new TreeMap<>(current.backfill());
          if (isDone) {
            backfill.remove(collectionId);
          } else if (backfill.containsKey(collectionId)) {
            backfill.put(collectionId, position);
          }
          return current.withBackfill(backfill);
        });
  }

  private @Nullable Batch fromLog(ReplicatorState state, Transaction transaction) {
    Map<DocId, Set<Cid>> documents = new LinkedHashMap<>();
    Set<String> chains = new LinkedHashSet<>();
    long last = state.cursor();
    int count = 0;
    try (LogReader.Entries entries = transaction.log().after(state.cursor())) {
      for (LogEntry entry = entries.next();
          entry != null && count < ENTRIES_MAX && documents.size() < DOCUMENTS_MAX;
          entry = entries.next()) {
        last = entry.seq();
        count++;
        note(entry, state, transaction, documents, chains);
      }
    }
    if (count == 0) {
      return null;
    }
    List<Parcel> parcels = new ArrayList<>();
    documents.forEach((docId, cids) -> parcels.add(document(docId, transaction, cids::contains)));
    for (String collectionId : chains) {
      CollectionVersion collection = active(transaction, collectionId);
      if (collection != null) {
        parcels.add(chain(collection, transaction.commits()));
      }
    }
    long cursor = last;
    return new Batch(parcels, current -> current.withCursor(Math.max(cursor, current.cursor())));
  }

  private void note(
      LogEntry entry,
      ReplicatorState state,
      Transaction transaction,
      Map<DocId, Set<Cid>> documents,
      Set<String> chains) {
    boolean isFromPeer =
        entry.origin() instanceof Origin.Remote remote && remote.peerId().equals(peer.toString());
    if (isFromPeer) {
      return;
    }
    DocId docId = entry.docId();
    if (docId != null && state.docIds().contains(docId.text())) {
      note(docId, entry, documents);
      return;
    }
    String collectionId =
        transaction
            .catalog()
            .byVersionId(entry.schemaVersionId())
            .map(CollectionVersion::collectionId)
            .orElseGet(() -> docId == null ? "" : collectionOf(docId, transaction));
    if (!state.collectionIds().contains(collectionId)) {
      return;
    }
    if (entry.kind() == LogEntry.Kind.COLLECTION) {
      chains.add(collectionId);
    } else if (docId != null) {
      note(docId, entry, documents);
    }
  }

  private static void note(DocId docId, LogEntry entry, Map<DocId, Set<Cid>> documents) {
    Set<Cid> cids = documents.computeIfAbsent(docId, id -> new HashSet<>());
    Cid cid = entry.cid();
    if (cid != null) {
      cids.add(cid);
    }
  }

  /** Of a commit at a version that is not known here. */
  private static String collectionOf(DocId docId, Transaction transaction) {
    return transaction
        .commits()
        .heads(docId)
        .map(CommitReader.DocumentHeads::collectionId)
        .orElse("");
  }

  private Parcel document(DocId docId, Transaction transaction, Predicate<Cid> isLacking) {
    Optional<CommitReader.DocumentHeads> heads = transaction.commits().heads(docId);
    return heads.isEmpty()
        ? new Parcel(docId.text(), List.of())
        : document(
            docId,
            heads.get().collectionId(),
            heads.get().composite(),
            transaction.commits(),
            isLacking);
  }

  private Parcel document(DocId docId, CollectionVersion collection, CommitReader commits) {
    return document(
        docId,
        collection.collectionId(),
        commits.tip(collection, docId).map(CommitReader.Tip::heads).orElse(List.of()),
        commits,
        below -> true);
  }

  private Parcel document(
      DocId docId,
      String collectionId,
      List<Cid> heads,
      CommitReader commits,
      Predicate<Cid> isLacking) {
    List<PushLog> logs = new ArrayList<>();
    heads.forEach(head -> add(logs, docId, head, collectionId, commits, isLacking));
    if (takesBlocks.getAsBoolean()) {
      return new Parcel(docId.text(), logs);
    }
    List<Parcel.Stage> stages = new ArrayList<>();
    Duration limit = Duration.ZERO;
    long height = 0;
    for (Cid head : heads) {
      var history = HistoryStages.below(commits, head, isLacking);
      for (HistoryStages.Stretch stretch : history.stretches()) {
        Bytes raw = commits.raw(stretch.newest());
        if (raw != null) {
          var log = new PushLog(docId, stretch.newest(), collectionId, self, raw);
          stages.add(new Parcel.Stage(log, allOf(commits, stretch.oldest())));
        }
      }
      limit = limit.compareTo(history.limit()) > 0 ? limit : history.limit();
      height = Math.max(height, history.height());
    }
    return new Parcel(docId.text(), stages, limit, logs, height);
  }

  /** A commit, its signature, its fields, and theirs: the order between chains is open. */
  private static Set<Cid> allOf(CommitReader commits, Cid commit) {
    Set<Cid> all = new HashSet<>(Set.of(commit));
    commits
        .block(commit)
        .ifPresent(
            block -> {
              addTo(all, block.signature());
              for (DagLink link : block.links()) {
                all.add(link.cid());
                addTo(all, commits.block(link.cid()).map(Block::signature).orElse(null));
              }
            });
    return all;
  }

  private static void addTo(Set<Cid> cids, @Nullable Cid cid) {
    if (cid != null) {
      cids.add(cid);
    }
  }

  private Parcel chain(CollectionVersion collection, CommitReader commits) {
    List<PushLog> logs = new ArrayList<>();
    commits
        .collectionHeads(collection)
        .forEach(cid -> add(logs, null, cid, collection.collectionId(), commits, below -> false));
    return new Parcel(collection.collectionId(), logs);
  }

  private void add(
      List<PushLog> logs,
      @Nullable DocId docId,
      Cid cid,
      String collectionId,
      CommitReader commits,
      Predicate<Cid> isLacking) {
    Bytes raw = commits.raw(cid);
    if (raw != null) {
      List<Bytes> below =
          takesBlocks.getAsBoolean()
              ? AccompanyingBlocks.ofCall(commits, cid, isLacking)
              : List.of();
      logs.add(new PushLog(docId, cid, collectionId, self, raw, below));
    }
  }

  private static @Nullable CollectionVersion active(Transaction transaction, String collectionId) {
    return transaction.catalog().active().stream()
        .filter(version -> version.collectionId().equals(collectionId))
        .findFirst()
        .orElse(null);
  }
}
