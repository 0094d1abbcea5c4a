package io.defradb.query;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.acp.NodeAccess;
import io.defradb.crdt.CrdtType;
import io.defradb.dag.Block;
import io.defradb.db.Catalog;
import io.defradb.db.CommitReader;
import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.DocumentWriter;
import io.defradb.db.LocalState;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogReader;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.query.aggregate.AggregateFunctions;
import io.defradb.query.filter.ValueOrder;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Users and their posts in memory, behind the doors of {@code db}. Counts what is read and what is
 * left open.
 */
final class FakeStore
    implements Transaction, Catalog, DocumentReader, DocumentWriter, CommitReader {
  static final CollectionVersion USER =
      collection(
          "User",
          List.of(
              scalar("_docID", FieldKind.ID),
              scalar("age", FieldKind.INT),
              scalar("born", FieldKind.DATE_TIME),
              scalar("city", FieldKind.STRING),
              scalar("meta", FieldKind.JSON),
              scalar("name", FieldKind.STRING),
              scalar("nums", FieldKind.INT_ARRAY),
              scalar("ok", FieldKind.BOOLEAN),
              scalar("points", FieldKind.FLOAT64),
              many("posts", "Post", "post_user")),
          List.of(
              new IndexDescription(
                  "byCity", 1, List.of(new IndexDescription.IndexedField("city", false)), false),
              new IndexDescription(
                  "byPoints",
                  2,
                  List.of(new IndexDescription.IndexedField("points", true)),
                  false)));

  static final CollectionVersion POST =
      collection(
          "Post",
          List.of(
              scalar("_docID", FieldKind.ID),
              one("author", "User", "post_user"),
              key("author_id", "post_user"),
              scalar("likes", FieldKind.INT),
              scalar("title", FieldKind.STRING)),
          List.of());

  private final Map<String, TreeMap<DocId, FakeDocument>> documents = new HashMap<>();
  private final Map<Cid, Block> blocks = new HashMap<>();
  private final TreeMap<DocId, DocumentHeads> heads = new TreeMap<>();
  private int openCursors;
  private int documentsRead;
  private int created;

  private final List<CollectionVersion> collections;

  FakeStore() {
    this(List.of(POST, USER));
  }

  /** Begins with {@code collections}; {@link #add} takes more. */
  FakeStore(List<CollectionVersion> collections) {
    this.collections = new ArrayList<>(collections);
    for (CollectionVersion collection : collections) {
      documents.put(collection.name(), new TreeMap<>());
    }
  }

  static CollectionVersion collection(
      String name, List<CollectionField> fields, List<IndexDescription> indexes) {
    String id = "id-" + name;
    return new CollectionVersion(
        name,
        id,
        id,
        List.of(),
        fields,
        indexes,
        null,
        true,
        true,
        false,
        false,
        List.of(),
        new Schema(id, id, name, List.of()));
  }

  private static CollectionField scalar(String name, FieldKind kind) {
    return new CollectionField(
        name, new SchemaFieldKind.Scalar(kind), CrdtType.LWW, null, false, true, false, null, 0);
  }

  private static CollectionField key(String name, String relation) {
    return new CollectionField(
        name,
        new SchemaFieldKind.Scalar(FieldKind.ID),
        CrdtType.LWW,
        relation,
        true,
        true,
        false,
        null,
        0);
  }

  private static CollectionField one(String name, String target, String relation) {
    return new CollectionField(
        name,
        new SchemaFieldKind.CollectionRef("id-" + target, false),
        CrdtType.NONE,
        relation,
        true,
        true,
        false,
        null,
        0);
  }

  private static CollectionField many(String name, String target, String relation) {
    return new CollectionField(
        name,
        new SchemaFieldKind.CollectionRef("id-" + target, true),
        CrdtType.NONE,
        relation,
        false,
        false,
        false,
        null,
        0);
  }

  FakeStore put(CollectionVersion collection, String docId, Map<String, Value> fields) {
    var values = new Value[collection.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.getOrDefault(collection.fields().get(i).name(), Value.NULL);
    }
    documentsOf(collection)
        .put(new DocId(docId), new FakeDocument(new DocId(docId), values, false));
    return this;
  }

  FakeStore putBlock(Cid cid, Block block) {
    blocks.put(cid, block);
    return this;
  }

  FakeStore putHeads(DocumentHeads documentHeads) {
    heads.put(documentHeads.docId(), documentHeads);
    return this;
  }

  /** What undoes every change of documents from here on. */
  Runnable undo() {
    var copies = new HashMap<String, TreeMap<DocId, FakeDocument>>();
    documents.forEach((name, kept) -> copies.put(name, new TreeMap<>(kept)));
    return () -> documents.putAll(copies);
  }

  int openCursors() {
    return openCursors;
  }

  int documentsRead() {
    return documentsRead;
  }

  private TreeMap<DocId, FakeDocument> documentsOf(CollectionVersion collection) {
    return Objects.requireNonNull(documents.get(collection.name()));
  }

  private DocumentCursor cursor(Iterator<FakeDocument> iterator) {
    openCursors++;
    return new DocumentCursor() {
      private boolean isOpen = true;

      @Override
      public @Nullable StoredDocument next() {
        if (!iterator.hasNext()) {
          return null;
        }
        documentsRead++;
        return iterator.next();
      }

      @Override
      public void close() {
        if (isOpen) {
          isOpen = false;
          openCursors--;
        }
      }
    };
  }

  @Override
  public Optional<StoredDocument> get(
      CollectionVersion collection, DocId docId, boolean isDeletedShown) {
    documentsRead++;
    return Optional.<StoredDocument>ofNullable(documentsOf(collection).get(docId))
        .filter(it -> isDeletedShown || !it.isDeleted());
  }

  @Override
  public DocumentCursor scan(
      CollectionVersion collection, @Nullable DocId afterDocId, boolean isDeletedShown) {
    return cursor(
        documentsOf(collection).values().stream()
            .filter(it -> isDeletedShown || !it.isDeleted())
            .toList()
            .iterator());
  }

  @Override
  public long count(CollectionVersion collection, boolean isDeletedShown) {
    return documentsOf(collection).values().stream()
        .filter(it -> isDeletedShown || !it.isDeleted())
        .count();
  }

  @Override
  public DocumentCursor byIndex(
      CollectionVersion collection,
      IndexDescription index,
      List<Value> values,
      boolean isDeletedShown) {
    String fieldName = index.fields().get(0).name();
    int field = 0;
    while (!collection.fields().get(field).name().equals(fieldName)) {
      field++;
    }
    int position = field;
    return cursor(
        documentsOf(collection).values().stream()
            .filter(it -> isDeletedShown || !it.isDeleted())
            .filter(it -> it.value(position).equals(values.get(0)))
            .toList()
            .iterator());
  }

  @Override
  public DocumentCursor byRange(
      CollectionVersion collection, int fieldIndex, Value low, Value high, boolean isDeletedShown) {
    return cursor(
        documentsOf(collection).values().stream()
            .filter(it -> isDeletedShown || !it.isDeleted())
            .filter(it -> !it.value(fieldIndex).isNull())
            .filter(it -> low.isNull() || ValueOrder.PLAIN.compare(it.value(fieldIndex), low) >= 0)
            .filter(
                it -> high.isNull() || ValueOrder.PLAIN.compare(it.value(fieldIndex), high) <= 0)
            .toList()
            .iterator());
  }

  @Override
  public List<StoredDocument> asOf(CollectionVersion collection, Cid cid, boolean isDeletedShown) {
    return List.of();
  }

  @Override
  public DocId create(
      CollectionVersion collection, Map<String, Value> given, EncryptionChoice encryption) {
    Map<String, Value> fields = byKey(collection, given);
    DocId docId =
        collection.schema().fields().isEmpty()
            ? new DocId("new-" + (9 - created++))
            : DocIds.derive(fields, it -> kind(collection, it), collection.collectionId());
    if (documentsOf(collection).containsKey(docId)) {
      throw new DefraException(
          ErrorCode.DOCUMENT_EXISTS, "a document with the given ID already exists", "DocID", docId);
    }
    put(collection, docId.text(), fields);
    return docId;
  }

  private static FieldKind kind(CollectionVersion collection, String fieldName) {
    return ((SchemaFieldKind.Scalar) collection.field(fieldName).orElseThrow().kind()).kind();
  }

  /** A relation's name stands for its key's. */
  private static Map<String, Value> byKey(CollectionVersion collection, Map<String, Value> given) {
    var fields = new HashMap<String, Value>();
    given.forEach(
        (name, value) -> {
          boolean isRelation = collection.field(name).orElseThrow().kind().isRelation();
          fields.put(isRelation ? name + "_id" : name, value);
        });
    return fields;
  }

  @Override
  public void update(CollectionVersion collection, DocId docId, Map<String, Value> changes) {
    FakeDocument old = Objects.requireNonNull(documentsOf(collection).get(docId));
    var fields = new HashMap<String, Value>();
    for (int i = 0; i < old.values.length; i++) {
      fields.put(collection.fields().get(i).name(), old.values[i]);
    }
    byKey(collection, changes)
        .forEach(
            (name, value) ->
                fields.merge(
                    name,
                    value,
                    (before, change) ->
                        collection.field(name).orElseThrow().crdt().isCounter()
                            ? sum(before, change)
                            : change));
    put(collection, docId.text(), fields);
  }

  private static Value sum(Value before, Value change) {
    var sum = AggregateFunctions.byName("_sum").start();
    sum.add(before);
    sum.add(change);
    return sum.result();
  }

  @Override
  public void delete(CollectionVersion collection, DocId docId) {
    FakeDocument old = Objects.requireNonNull(documentsOf(collection).get(docId));
    documentsOf(collection).put(docId, new FakeDocument(docId, old.values, true));
  }

  @Override
  public @Nullable Bytes raw(Cid cid) {
    return blocks.containsKey(cid) ? Bytes.EMPTY : null;
  }

  @Override
  public long seq(Cid cid) {
    return 0;
  }

  @Override
  public Optional<Block> block(Cid cid) {
    return Optional.ofNullable(blocks.get(cid));
  }

  @Override
  public Optional<DocumentHeads> heads(DocId docId) {
    return Optional.ofNullable(heads.get(docId));
  }

  @Override
  public Iterator<DocumentHeads> allHeads() {
    return heads.values().iterator();
  }

  @Override
  public List<Cid> collectionHeads(CollectionVersion collection) {
    return List.of();
  }

  @Override
  public long generation() {
    return collections.size();
  }

  @Override
  public List<CollectionVersion> active() {
    return collections;
  }

  @Override
  public Optional<CollectionVersion> activeByName(String name) {
    return active().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  @Override
  public Optional<CollectionVersion> byVersionId(String versionId) {
    return active().stream().filter(it -> it.versionId().equals(versionId)).findFirst();
  }

  @Override
  public List<CollectionVersion> all() {
    return active();
  }

  @Override
  public int shortId(String collectionId) {
    return 1
        + active().stream().map(CollectionVersion::collectionId).toList().indexOf(collectionId);
  }

  @Override
  public Optional<String> collectionId(int shortId) {
    return Optional.of(active().get(shortId - 1).collectionId());
  }

  @Override
  public List<CollectionVersion> add(List<CollectionVersion> versions) {
    for (CollectionVersion version : versions) {
      collections.add(version);
      documents.put(version.name(), new TreeMap<>());
    }
    return versions;
  }

  @Override
  public void put(List<CollectionVersion> versions) {
    throw unsupported();
  }

  @Override
  public IndexDescription createIndex(CollectionVersion collection, IndexDescription index) {
    throw unsupported();
  }

  @Override
  public void dropIndex(CollectionVersion collection, String indexName) {
    throw unsupported();
  }

  private static DefraException unsupported() {
    return new DefraException(ErrorCode.UNSUPPORTED, "the fake's collections are fixed");
  }

  @Override
  public long id() {
    return 1;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public Catalog catalog() {
    return this;
  }

  @Override
  public DocumentReader documents(Asker asker) {
    return this;
  }

  @Override
  public DocumentAccess access() {
    return DocumentAccess.OPEN;
  }

  @Override
  public NodeAccess nodeAccess() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DocumentWriter writer(Asker asker) {
    return this;
  }

  @Override
  public CommitReader commits() {
    return this;
  }

  @Override
  public LocalState local() {
    throw unsupported();
  }

  @Override
  public io.defradb.db.BlockMerger merger() {
    throw unsupported();
  }

  @Override
  public LogReader log() {
    throw unsupported();
  }

  @Override
  public Optional<Tip> tip(CollectionVersion collection, DocId docId) {
    throw unsupported();
  }

  @Override
  public void afterCommit(Runnable action) {
    action.run();
  }

  @Override
  public void commit() {}

  @Override
  public void close() {}

  /** The documents of a collection that are not deleted. */
  List<StoredDocument> live(CollectionVersion collection) {
    return new ArrayList<>(
        documentsOf(collection).values().stream().filter(it -> !it.isDeleted()).toList());
  }

  private static final class FakeDocument implements StoredDocument {
    private final DocId docId;
    private final Value[] values;
    private final boolean isDeleted;

    FakeDocument(DocId docId, Value[] values, boolean isDeleted) {
      this.docId = docId;
      this.values = values;
      this.isDeleted = isDeleted;
    }

    @Override
    public DocId docId() {
      return docId;
    }

    @Override
    public boolean isDeleted() {
      return isDeleted;
    }

    @Override
    public String schemaVersionId() {
      return "version";
    }

    @Override
    public Value value(int index) {
      return values[index];
    }

    @Override
    public Bytes cbor(int index) {
      return Bytes.wrap(ValueCbor.encode(FieldKind.JSON, value(index)));
    }

    @Override
    public void writeJson(int index, FieldKind kind, JsonWriter out) {
      out.value(values[index]);
    }
  }
}
