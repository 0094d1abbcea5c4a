package io.defradb.db.feed;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.acp.NodeAccess;
import io.defradb.crdt.CrdtType;
import io.defradb.db.Catalog;
import io.defradb.db.CommitReader;
import io.defradb.db.Database;
import io.defradb.db.DocumentReader;
import io.defradb.db.DocumentWriter;
import io.defradb.db.LocalState;
import io.defradb.db.Transaction;
import io.defradb.db.log.CommitPack;
import io.defradb.db.log.LogCodec;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.LogKeys;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import io.defradb.storage.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A database that has a log, two collections, local state, and nothing else. */
final class LogDatabase implements Database {
  final MemoryStore store = new MemoryStore();
  private final TreeMap<byte[], byte[]> local = new TreeMap<>(Arrays::compareUnsigned);
  private final Catalog catalog = new TwoCollections();
  private long seq;
  private Set<String> hidden = Set.of();

  /** What a test says of an entry; the rest is made up. */
  record Change(String collection, String docId, LogEntry.Op op, Origin origin, int age) {}

  static Change change(String collection, String docId, int age) {
    return new Change(collection, docId, LogEntry.Op.UPDATE, Origin.LOCAL, age);
  }

  /** Writes one transaction of the log. */
  void append(Instant time, Change... changes) {
    var batch = new WriteBatch();
    for (int i = 0; i < changes.length; i++) {
      Change change = changes[i];
      seq++;
      var entry =
          new LogEntry(
              seq,
              i,
              changes.length,
              LogEntry.Kind.DOCUMENT,
              change.op,
              Cid.of(Cid.DAG_CBOR, LogKeys.seq(seq)),
              new DocId(change.docId),
              "id-" + change.collection,
              List.of("age"),
              1,
              List.of(),
              time,
              change.origin,
              null,
              false,
              false,
              List.of());
      batch.put(LogKeys.ENTRIES, LogKeys.seq(seq), CommitPack.encode(entry, List.of(), List.of()));
      var fields = new TreeMap<>(Map.of("age", Bytes.wrap(new byte[] {(byte) change.age})));
      batch.put(LogKeys.IMAGES, LogKeys.seq(seq), LogCodec.encode(new LogImage(fields, null)));
    }
    store.write(batch, Durability.OS);
  }

  @Override
  public Transaction begin(boolean isReadOnly) {
    return new LogTransaction(store.snapshot());
  }

  @Override
  public Transaction begin(Origin origin) {
    return begin(false);
  }

  @Override
  public void close() {
    store.close();
  }

  /** Nobody sees these. */
  void hide(Set<String> docIds) {
    hidden = docIds;
  }

  private final class LogTransaction implements Transaction, LocalState {
    private final Snapshot snapshot;

    LogTransaction(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    @Override
    public long id() {
      return 1;
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }

    @Override
    public Catalog catalog() {
      return catalog;
    }

    @Override
    public DocumentReader documents(Asker asker) {
      throw new AssertionError("the log needs no document");
    }

    @Override
    public DocumentAccess access() {
      return new HiddenDocuments(hidden);
    }

    @Override
    public NodeAccess nodeAccess() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DocumentWriter writer(Asker asker) {
      throw new AssertionError("the feed writes no document");
    }

    @Override
    public CommitReader commits() {
      return null;
    }

    @Override
    public LocalState local() {
      return this;
    }

    @Override
    public io.defradb.db.BlockMerger merger() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LogReader log() {
      return new LogReader(snapshot);
    }

    @Override
    public void afterCommit(Runnable action) {
      action.run();
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
      snapshot.close();
    }

    private byte[] key(Space space, byte[] key) {
      byte[] full = new byte[1 + key.length];
      full[0] = (byte) space.number();
      System.arraycopy(key, 0, full, 1, key.length);
      return full;
    }

    @Override
    public byte[] get(Space space, byte[] key) {
      return local.get(key(space, key));
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
      local.put(key(space, key), value);
    }

    @Override
    public void delete(Space space, byte[] key) {
      local.remove(key(space, key));
    }

    @Override
    public List<Entry> list(Space space, byte[] prefix) {
      byte[] from = key(space, prefix);
      var entries = new ArrayList<Entry>();
      local.forEach(
          (key, value) -> {
            if (key.length >= from.length
                && Arrays.equals(key, 0, from.length, from, 0, from.length)) {
              entries.add(new Entry(Arrays.copyOfRange(key, 1, key.length), value));
            }
          });
      return entries;
    }
  }

  private static final class TwoCollections implements Catalog {
    private final List<CollectionVersion> versions = List.of(version("User"), version("Post"));

    private static CollectionVersion version(String name) {
      var age =
          new CollectionField(
              "age",
              new SchemaFieldKind.Scalar(FieldKind.INT),
              CrdtType.LWW,
              null,
              false,
              true,
              false,
              null,
              0);
      String id = "id-" + name;
      return new CollectionVersion(
          name,
          id,
          id,
          List.of(),
          List.of(age),
          List.of(),
          null,
          true,
          true,
          false,
          false,
          List.of(),
          new Schema(id, id, name, List.of()));
    }

    @Override
    public long generation() {
      return 1;
    }

    @Override
    public List<CollectionVersion> active() {
      return versions;
    }

    @Override
    public Optional<CollectionVersion> activeByName(String name) {
      return versions.stream().filter(version -> version.name().equals(name)).findFirst();
    }

    @Override
    public Optional<CollectionVersion> byVersionId(String versionId) {
      return versions.stream().filter(version -> version.versionId().equals(versionId)).findFirst();
    }

    @Override
    public List<CollectionVersion> all() {
      return versions;
    }

    @Override
    public int shortId(String collectionId) {
      return 1;
    }

    @Override
    public Optional<String> collectionId(int shortId) {
      return Optional.empty();
    }

    @Override
    public List<CollectionVersion> add(List<CollectionVersion> added) {
      throw new AssertionError("fixed");
    }

    @Override
    public void put(List<CollectionVersion> changed) {
      throw new AssertionError("fixed");
    }

    @Override
    public IndexDescription createIndex(CollectionVersion collection, IndexDescription index) {
      throw new AssertionError("fixed");
    }

    @Override
    public void dropIndex(CollectionVersion collection, String indexName) {
      throw new AssertionError("fixed");
    }
  }
}
