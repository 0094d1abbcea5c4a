package io.defradb.db.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.acp.Asker;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.db.CommitReader.Tip;
import io.defradb.db.Database;
import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.db.index.HiddenIndexes;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.log.CommitPack;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.LogReader;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

/**
 * Walks a whole store and compares everything that says the same thing twice: the log with its
 * blocks, blocks with their CIDs, the replayed blocks with the documents' records, heads, images
 * and index entries. Throws AssertionError at the first difference.
 *
 * <p>Meant for stores on which nobody writes, and whose indexes are on single scalar fields.
 */
public final class StoreAudit {
  private static final int INDEX_PREFIX_BYTES = 2 * Integer.BYTES;

  private final KeyValueStore store;
  private final Database database;
  private final Map<DocId, ReplayedDocument> documents = new HashMap<>();
  private final Map<DocId, SortedMap<String, Bytes>> lastImages = new HashMap<>();
  private final Map<String, Set<Cid>> collectionCommits = new HashMap<>();
  private final Map<String, Set<Cid>> collectionNamed = new HashMap<>();
  private long blockCount;

  /** What was found. */
  public record Findings(long entries, long blocks, int documents) {}

  private StoreAudit(KeyValueStore store, Database database) {
    this.store = store;
    this.database = database;
  }

  public static Findings run(KeyValueStore store, Database database) {
    return new StoreAudit(store, database).run();
  }

  private Findings run() {
    try (Transaction transaction = database.begin(true);
        Snapshot snapshot = store.snapshot()) {
      long entries = checkLog(transaction, snapshot);
      assertThat(count(snapshot, Columns.CID)).as("places of blocks").isEqualTo(blockCount);
      checkRecords(transaction, snapshot);
      checkCollectionHeads(transaction);
      checkIndexes(transaction, snapshot);
      return new Findings(entries, blockCount, documents.size());
    }
  }

  private long checkLog(Transaction transaction, Snapshot snapshot) {
    LogReader log = transaction.log();
    long seq = 0;
    int left = 0;
    try (LogReader.Entries entries = log.after(0)) {
      for (LogEntry entry = entries.next(); entry != null; entry = entries.next()) {
        assertThat(entry.seq()).as("no gap in the log").isEqualTo(++seq);
        if (entry.txnIndex() == 0) {
          assertThat(left).as("the transaction before %d is whole", seq).isZero();
          left = entry.txnSize();
        }
        assertThat(entry.txnIndex()).isEqualTo(entry.txnSize() - left--);
        checkEntry(entry, log, snapshot, transaction);
      }
    }
    assertThat(left).as("the last transaction is whole").isZero();
    assertThat(log.newestSeq()).isEqualTo(seq);
    return seq;
  }

  private void checkEntry(
      LogEntry entry, LogReader log, Snapshot snapshot, Transaction transaction) {
    CommitPack pack = log.pack(entry.seq()).orElseThrow();
    Map<Cid, byte[]> blocks = new HashMap<>();
    for (int i = 0; i < pack.size(); i++) {
      Cid cid = BlockCodec.cid(pack.block(i));
      byte[] place = snapshot.get(Columns.CID, BlockPlace.key(cid));
      assertThat(place).as("place of %s", cid).isNotNull();
      assertThat(BlockPlace.decode(place)).isEqualTo(new BlockPlace(entry.seq(), i));
      blocks.put(cid, pack.block(i));
    }
    blockCount += blocks.size();
    switch (entry.kind()) {
      case DOCUMENT -> checkDocument(entry, blocks, log, snapshot, transaction);
      case COLLECTION -> checkCollection(entry, block(blocks, entry), transaction);
      case SCHEMA, ACCESS -> assertThat(blocks).isEmpty();
    }
  }

  private static Block block(Map<Cid, byte[]> blocks, LogEntry entry) {
    byte[] bytes = blocks.get(Objects.requireNonNull(entry.cid()));
    assertThat(bytes).as("commit of %d", entry.seq()).isNotNull();
    Block block = BlockCodec.decode(bytes);
    assertThat(block.heads()).isEqualTo(entry.heads());
    assertThat(block.delta().priority()).isEqualTo(entry.height());
    assertThat(block.delta().schemaVersionId()).isEqualTo(entry.schemaVersionId());
    if (block.signature() != null) {
      assertThat(blocks).containsKey(block.signature());
    }
    return block;
  }

  private void checkDocument(
      LogEntry entry,
      Map<Cid, byte[]> blocks,
      LogReader log,
      Snapshot snapshot,
      Transaction transaction) {
    DocId docId = Objects.requireNonNull(entry.docId());
    CollectionVersion version =
        transaction.catalog().byVersionId(entry.schemaVersionId()).orElseThrow();
    ReplayedDocument document =
        documents.computeIfAbsent(docId, any -> new ReplayedDocument(snapshot));
    LogEntry.Op op = document.apply(entry, block(blocks, entry), blocks, version);
    assertThat(op).as("operation of %d", entry.seq()).isEqualTo(entry.op());
    LogImage image = log.image(entry.seq()).orElseThrow();
    assertThat(image.before()).as("image before %d", entry.seq()).isEqualTo(lastImages.get(docId));
    SortedMap<String, Bytes> after = document.isDeleted() ? null : document.setValues();
    assertThat(image.after()).as("image after %d", entry.seq()).isEqualTo(after);
    if (after == null) {
      lastImages.remove(docId);
    } else {
      lastImages.put(docId, after);
    }
  }

  private void checkCollection(LogEntry entry, Block block, Transaction transaction) {
    String collection =
        transaction.catalog().byVersionId(entry.schemaVersionId()).orElseThrow().collectionId();
    Set<Cid> commits = collectionCommits.computeIfAbsent(collection, any -> new HashSet<>());
    assertThat(commits).as("parents of %d", entry.seq()).containsAll(block.heads());
    assertThat(commits.add(Objects.requireNonNull(entry.cid()))).isTrue();
    collectionNamed.computeIfAbsent(collection, any -> new HashSet<>()).addAll(block.heads());
  }

  private void checkCollectionHeads(Transaction transaction) {
    for (CollectionVersion version : transaction.catalog().active()) {
      Set<Cid> heads =
          new HashSet<>(collectionCommits.getOrDefault(version.collectionId(), Set.of()));
      heads.removeAll(collectionNamed.getOrDefault(version.collectionId(), Set.of()));
      assertThat(transaction.commits().collectionHeads(version))
          .containsExactlyInAnyOrderElementsOf(heads);
    }
  }

  private void checkRecords(Transaction transaction, Snapshot snapshot) {
    Set<DocId> stored = new HashSet<>();
    try (Cursor cursor = snapshot.cursor(Columns.STATE, KeyRange.ALL, false)) {
      while (cursor.next()) {
        DocId docId = DocumentKey.docId(cursor.key());
        ReplayedDocument expected = documents.get(docId);
        assertThat(expected).as("commits of %s", docId).isNotNull();
        String collectionId =
            transaction.catalog().collectionId(DocumentKey.collection(cursor.key())).orElseThrow();
        DocumentRecord record = DocumentRecord.decode(cursor.value());
        expected.requireEqual(record, active(transaction, collectionId));
        Tip tip = transaction.commits().tip(active(transaction, collectionId), docId).orElseThrow();
        assertThat(tip.seq()).as("last entry of %s", docId).isEqualTo(expected.lastSeq());
        stored.add(docId);
      }
    }
    assertThat(stored).isEqualTo(documents.keySet());
  }

  private static CollectionVersion active(Transaction transaction, String collectionId) {
    return transaction.catalog().active().stream()
        .filter(version -> version.collectionId().equals(collectionId))
        .findFirst()
        .orElseThrow();
  }

  private void checkIndexes(Transaction transaction, Snapshot snapshot) {
    Map<ByteBuffer, Set<DocId>> entries = indexEntries(snapshot);
    for (CollectionVersion version : transaction.catalog().active()) {
      List<StoredDocument> live = live(transaction, version);
      checkHidden(transaction, version, live, entries);
      for (IndexDescription index : version.indexes()) {
        int shortId = transaction.catalog().shortId(version.collectionId());
        ByteBuffer prefix = ByteBuffer.allocate(INDEX_PREFIX_BYTES);
        prefix.putInt(shortId).putInt(index.id()).flip();
        Set<DocId> expected = new HashSet<>();
        for (StoredDocument document : live) {
          expected.add(document.docId());
          requireFound(transaction, version, index, document);
        }
        assertThat(entries.getOrDefault(prefix, Set.of()))
            .as("entries of %s", index.name())
            .isEqualTo(expected);
      }
    }
  }

  /** What is counted without being read, and who holds relations' keys. */
  private static void checkHidden(
      Transaction transaction,
      CollectionVersion version,
      List<StoredDocument> live,
      Map<ByteBuffer, Set<DocId>> entries) {
    assertThat(transaction.documents(Asker.ANONYMOUS).count(version, false))
        .as("count of %s", version.name())
        .isEqualTo(live.size());
    int shortId = transaction.catalog().shortId(version.collectionId());
    for (int place = 0; place < version.fields().size(); place++) {
      if (HiddenIndexes.isRelationKey(version.fields().get(place))) {
        Set<DocId> expected = new HashSet<>();
        for (StoredDocument document : live) {
          if (document.value(place) != Value.NULL) {
            expected.add(document.docId());
          }
        }
        ByteBuffer prefix = ByteBuffer.allocate(INDEX_PREFIX_BYTES);
        prefix.putInt(shortId).putInt(0x4000_0000 + place).flip();
        assertThat(entries.getOrDefault(prefix, Set.of()))
            .as("holders of %s", version.fields().get(place).name())
            .isEqualTo(expected);
      }
    }
  }

  /** Documents by collection and index; marks of unique values are left out. */
  private static Map<ByteBuffer, Set<DocId>> indexEntries(Snapshot snapshot) {
    Map<ByteBuffer, Set<DocId>> entries = new HashMap<>();
    try (Cursor cursor = snapshot.cursor(Columns.INDEX, KeyRange.ALL, false)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        if (key[Integer.BYTES] >= 0) {
          entries
              .computeIfAbsent(
                  ByteBuffer.wrap(key, 0, INDEX_PREFIX_BYTES).slice(), any -> new HashSet<>())
              .add(DocumentKey.docId(key, key.length - DocumentKey.UUID_BYTES));
        }
      }
    }
    return entries;
  }

  private static List<StoredDocument> live(Transaction transaction, CollectionVersion version) {
    List<StoredDocument> live = new ArrayList<>();
    try (DocumentCursor cursor =
        transaction.documents(Asker.ANONYMOUS).scan(version, null, false)) {
      for (StoredDocument next = cursor.next(); next != null; next = cursor.next()) {
        live.add(next);
      }
    }
    return live;
  }

  private static void requireFound(
      Transaction transaction,
      CollectionVersion version,
      IndexDescription index,
      StoredDocument document) {
    Value value = document.value(place(version, index.fields().get(0).name()));
    boolean isFound = false;
    try (DocumentCursor cursor =
        transaction.documents(Asker.ANONYMOUS).byIndex(version, index, List.of(value), false)) {
      for (StoredDocument next = cursor.next(); next != null; next = cursor.next()) {
        isFound |= next.docId().equals(document.docId());
      }
    }
    assertThat(isFound).as("%s by %s", document.docId(), index.name()).isTrue();
  }

  private static int place(CollectionVersion version, String fieldName) {
    List<CollectionField> fields = version.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(fieldName)) {
        return i;
      }
    }
    throw new AssertionError("no field " + fieldName);
  }

  private static long count(Snapshot snapshot, Column column) {
    long count = 0;
    try (Cursor cursor = snapshot.cursor(column, KeyRange.ALL, false)) {
      while (cursor.next()) {
        count++;
      }
    }
    return count;
  }
}
