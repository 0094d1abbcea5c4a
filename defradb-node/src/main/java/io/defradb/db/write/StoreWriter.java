package io.defradb.db.write;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.crdt.Counter;
import io.defradb.crdt.Delta;
import io.defradb.crdt.DocumentStatus;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.Catalog;
import io.defradb.db.DocumentWriter;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.keys.BlockPack;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.DocumentRecord.Field;
import io.defradb.db.keys.Head;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.Origin;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents inside one transaction (data-model specification, sections 3, 6, 9 and 10). For
 * one thread.
 *
 * <p>It is one class because its steps share the document being written: record, blocks, images;
 * each is a method.
 */
public final class StoreWriter implements DocumentWriter {
  private static final Comparator<Head> BY_CID = Comparator.comparing(Head::cid);

  private final Overlay overlay;
  private final Catalog catalog;
  private final java.util.function.ToIntFunction<String> versionNumbers;
  private final WriteSettings settings;
  private final Origin origin;
  private final Asker asker;
  private final List<Commit> commits;
  private final DeltaKeys deltaKeys;
  private final Map<Cid, Cid> newEncryptions = new HashMap<>();
  private int remembered;

  /** What every transaction of a database writes with. */
  public record WriteSettings(
      BlockMaker blocks,
      DocumentIndexes indexes,
      WriteRandom random,
      DocumentAccess access,
      java.time.InstantSource clock) {}

  /**
   * @param versionNumbers local number of a version ID
   * @param commits gets the log entries, in order
   */
  public StoreWriter(
      Overlay overlay,
      Catalog catalog,
      java.util.function.ToIntFunction<String> versionNumbers,
      WriteSettings settings,
      Origin origin,
      Asker asker,
      List<Commit> commits) {
    this.overlay = overlay;
    this.catalog = catalog;
    this.versionNumbers = versionNumbers;
    this.settings = settings;
    this.origin = origin;
    this.asker = asker;
    this.commits = commits;
    this.deltaKeys = new DeltaKeys(overlay, settings.random());
  }

  @Override
  public DocId create(
      CollectionVersion collection, Map<String, Value> given, EncryptionChoice encryption) {
    requireWritable();
    checkEncryption(collection, encryption);
    Map<String, FieldInput.Written> fields = FieldInput.resolve(collection, given, true);
    Map<String, Value> values = new LinkedHashMap<>();
    fields.forEach((name, field) -> values.put(name, field.value()));
    DocId docId =
        DocIds.derive(
            values,
            name -> fields.containsKey(name) ? fields.get(name).kind() : null,
            collection.collectionId());
    byte[] key = key(collection, docId);
    if (overlay.get(Columns.STATE, key) != null) {
      throw new DefraException(
          ErrorCode.DOCUMENT_EXISTS, "a document with the given ID already exists", "DocID", docId);
    }
    RelationRules.check(overlay, catalog, collection, docId, fields.values());
    overlay.noteWrite(
        Columns.STATE, DocumentKey.prefix(catalog.shortId(collection.collectionId())));
    atomically(
        () -> {
          var change =
              new Change(collection, docId, key, DocumentRecord.create(), true, encryption);
          change.writeFields(fields.values());
          change.finish(LogEntry.Op.CREATE, Delta.Composite.ACTIVE);
        });
    settings.access().registerCreated(asker, collection, docId);
    return docId;
  }

  @Override
  public void update(CollectionVersion collection, DocId docId, Map<String, Value> changes) {
    requireWritable();
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    byte[] stored = key == null ? null : overlay.get(Columns.STATE, key);
    if (key == null
        || stored == null
        || !isAllowed(collection, docId, DocumentAccess.Permission.UPDATE)) {
      throw notFound();
    }
    DocumentRecord record = DocumentRecord.decode(stored);
    if (record.isDeleted()) {
      throw notFound();
    }
    Map<String, FieldInput.Written> fields = FieldInput.resolve(collection, changes, false);
    RelationRules.check(overlay, catalog, collection, docId, fields.values());
    atomically(
        () -> {
          var change = new Change(collection, docId, key, record, false, EncryptionChoice.NONE);
          change.writeFields(fields.values());
          change.finish(LogEntry.Op.UPDATE, Delta.Composite.ACTIVE);
        });
  }

  @Override
  public void delete(CollectionVersion collection, DocId docId) {
    requireWritable();
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    byte[] stored = key == null ? null : overlay.get(Columns.STATE, key);
    if (key == null
        || stored == null
        || !isAllowed(collection, docId, DocumentAccess.Permission.DELETE)) {
      throw notFound();
    }
    DocumentRecord record = DocumentRecord.decode(stored);
    if (record.isDeleted()) {
      throw new DefraException(
          ErrorCode.DOCUMENT_DELETED,
          "a document with the given ID has been deleted",
          "DocID",
          docId);
    }
    atomically(
        () -> {
          var change = new Change(collection, docId, key, record, false, EncryptionChoice.NONE);
          record.setStatus(DocumentStatus.DELETED);
          change.finish(LogEntry.Op.DELETE, Delta.Composite.DELETED);
        });
  }

  /** A change that fails half-way leaves neither entries nor commits behind. */
  private void atomically(Runnable change) {
    int before = commits.size();
    try {
      overlay.atomically(change);
    } catch (RuntimeException | Error e) {
      commits.subList(before, commits.size()).clear();
      remembered = Math.min(remembered, before);
      throw e;
    }
  }

  /** In the reference the first thing that fails is a block, and its text says so. */
  private void requireWritable() {
    try {
      overlay.requireWritable();
    } catch (DefraException readOnly) {
      throw new DefraException(readOnly.code(), "error writing block", readOnly);
    }
  }

  private boolean isAllowed(
      CollectionVersion collection, DocId docId, DocumentAccess.Permission permission) {
    return settings.access().isAllowed(asker, permission, collection, docId);
  }

  private static DefraException notFound() {
    return new DefraException(
        ErrorCode.DOCUMENT_NOT_FOUND, "document not found or not authorized to access");
  }

  private byte[] key(CollectionVersion collection, DocId docId) {
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    if (key == null) {
      throw new IllegalStateException("a derived DocID is canonical: " + docId);
    }
    return key;
  }

  private static void checkEncryption(CollectionVersion collection, EncryptionChoice encryption) {
    for (String field : encryption.fields()) {
      if (field.startsWith("_")) {
        throw new DefraException(
            ErrorCode.INVALID_ARGUMENT, "can not encrypt build-in field", "Name", field);
      }
      if (StoredFields.number(collection, field) < 0) {
        throw new DefraException(
            ErrorCode.FIELD_NOT_FOUND, "the given field does not exist", "Name", field);
      }
    }
  }

  /** One document being changed by one commit. */
  private final class Change {
    private final CollectionVersion collection;
    private final DocId docId;
    private final byte[] key;
    private final DocumentRecord record;
    private final boolean isCreate;
    private final EncryptionChoice encryption;
    private final @Nullable SortedMap<String, Bytes> before;
    private final boolean isIndexed;
    private final List<Commit.Encoded> blocks = new ArrayList<>();
    private final List<DagLink> links = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private DeltaKeys.@Nullable DeltaKey documentKey;

    Change(
        CollectionVersion collection,
        DocId docId,
        byte[] key,
        DocumentRecord record,
        boolean isCreate,
        EncryptionChoice encryption) {
      this.collection = collection;
      this.docId = docId;
      this.key = key;
      this.record = record;
      this.isCreate = isCreate;
      this.encryption = encryption;
      this.before = isCreate ? null : StoredFields.values(collection, record);
      this.isIndexed = !collection.indexes().isEmpty();
      this.documentKey = encryption.isWholeDocument() ? deltaKeys.create(docId, null) : null;
    }

    void writeFields(Iterable<FieldInput.Written> fields) {
      List<Block> made = new ArrayList<>();
      List<Boolean> signed = new ArrayList<>();
      List<FieldInput.Written> written = new ArrayList<>();
      for (FieldInput.Written field : fields) {
        Block block = fieldBlock(field);
        made.add(block);
        signed.add(block.delta().priority() == 1);
        written.add(field);
      }
      List<BlockMaker.Made> encoded = settings.blocks().makeAll(made, signed);
      for (int i = 0; i < encoded.size(); i++) {
        BlockMaker.Made block = encoded.get(i);
        FieldInput.Written field = written.get(i);
        block.addTo(blocks);
        links.add(new DagLink(field.field().name(), block.cid()));
        names.add(field.field().name());
        Field state = state(field);
        long height = made.get(i).delta().priority();
        record
            .fields()
            .put(
                field.number(),
                new Field(state.value(), height, List.of(new Head(block.cid(), height))));
      }
    }

    private Field state(FieldInput.Written field) {
      Field state = record.fields().get(field.number());
      return state == null ? new Field(ValueCbor.NULL, 0, List.of()) : state;
    }

    /**
     * The block of one field; the record gets the value, its head is set once the block has a CID.
     */
    private Block fieldBlock(FieldInput.Written field) {
      Field state = state(field);
      String name = field.field().name();
      byte[] plain = ValueCbor.encode(field.kind(), field.value());
      DeltaKeys.DeltaKey deltaKey = deltaKey(name, state.heads());
      Bytes data = deltaKey == null ? Bytes.wrap(plain) : deltaKeys.seal(deltaKey, plain);
      long height = height(state.heads());
      Delta delta;
      Bytes value;
      if (field.crdt().isCounter()) {
        long nonce = isCreate ? 0 : settings.random().counterNonce();
        delta = new Delta.Counter(docId, name, height, nonce, collection.versionId(), data);
        Value sum =
            Counter.add(
                field.crdt(),
                field.kind(),
                ValueCbor.decode(field.kind(), state.value()),
                field.value());
        value = Bytes.wrap(ValueCbor.encode(field.kind(), sum));
      } else {
        delta = new Delta.Lww(docId, name, height, collection.versionId(), data);
        value = Bytes.wrap(plain);
      }
      record.fields().put(field.number(), new Field(value, height, state.heads()));
      return new Block(
          delta, cids(state.heads()), List.of(), deltaKey == null ? null : deltaKey.cid(), null);
    }

    /** A create chooses; later blocks take the key of the first of their heads that has one. */
    private DeltaKeys.@Nullable DeltaKey deltaKey(@Nullable String fieldName, List<Head> heads) {
      if (isCreate) {
        boolean isOwn = fieldName != null && encryption.fields().contains(fieldName);
        return isOwn ? deltaKeys.create(docId, fieldName) : documentKey;
      }
      return inherited(heads);
    }

    void finish(LogEntry.Op op, long status) {
      DeltaKeys.DeltaKey compositeKey = isCreate ? documentKey : inherited(record.heads());
      long height = height(record.heads());
      List<Cid> parents = cids(record.heads());
      links.sort(Comparator.comparing(DagLink::cid));
      var composite =
          new Block(
              new Delta.Composite(docId, height, collection.versionId(), status),
              parents,
              links,
              compositeKey == null ? null : compositeKey.cid(),
              null);
      BlockMaker.Made made = settings.blocks().make(composite, true);
      made.addTo(blocks);
      record.setHeads(List.of(new Head(made.cid(), height)));
      record.setSchemaVersion(versionNumbers.applyAsInt(collection.versionId()));
      overlay.put(Columns.STATE, key, record.encode());
      SortedMap<String, Bytes> after =
          record.isDeleted() ? null : StoredFields.values(collection, record);
      if (isIndexed) {
        settings
            .indexes()
            .update(
                overlay,
                catalog.shortId(collection.collectionId()),
                collection,
                docId,
                before,
                after);
      }
      names.sort(Comparator.naturalOrder());
      LogEntry entry = entry(LogEntry.Kind.DOCUMENT, op, made.cid(), docId, names, height, parents);
      commits.add(new Commit(entry, blocks, image(after), key));
      if (collection.isBranchable()) {
        writeCollectionBlock(collection, made.cid(), encryption.isWholeDocument());
      }
    }

    private LogImage image(@Nullable SortedMap<String, Bytes> after) {
      if (before == null || after == null) {
        return new LogImage(after, before);
      }
      SortedMap<String, Bytes> changed = new TreeMap<>();
      for (String name : names) {
        Bytes old = before.getOrDefault(name, ValueCbor.NULL);
        if (!old.equals(after.getOrDefault(name, ValueCbor.NULL))) {
          changed.put(name, old);
        }
      }
      return new LogImage(after, changed);
    }

    private LogEntry entry(
        LogEntry.Kind kind,
        LogEntry.Op op,
        Cid cid,
        @Nullable DocId document,
        List<String> fieldNames,
        long height,
        List<Cid> parents) {
      return StoreWriter.this.entry(
          kind, op, cid, document, collection, fieldNames, height, parents);
    }
  }

  /** The step of a branchable collection's own chain that covers one composite. */
  private void writeCollectionBlock(
      CollectionVersion collection, Cid composite, boolean isEncrypted) {
    byte[] key = io.defradb.db.catalog.CatalogStore.collectionHeadsKey(collection.collectionId());
    List<Head> heads = HeadList.decode(overlay.get(Columns.SYSTEM, key));
    DeltaKeys.DeltaKey inherited = inherited(heads);
    DeltaKeys.DeltaKey own =
        inherited != null ? inherited : isEncrypted ? deltaKeys.create(new DocId(""), null) : null;
    long height = height(heads);
    List<Cid> parents = cids(heads);
    var block =
        new Block(
            new Delta.Collection(height, collection.versionId()),
            parents,
            List.of(new DagLink("", composite)),
            own == null ? null : own.cid(),
            null);
    BlockMaker.Made made = settings.blocks().make(block, true);
    List<Commit.Encoded> blocks = new ArrayList<>();
    made.addTo(blocks);
    overlay.put(Columns.SYSTEM, key, HeadList.encode(List.of(new Head(made.cid(), height))));
    LogEntry entry =
        entry(
            LogEntry.Kind.COLLECTION,
            LogEntry.Op.UPDATE,
            made.cid(),
            null,
            collection,
            List.of(),
            height,
            parents);
    commits.add(new Commit(entry, blocks, null, null));
  }

  private LogEntry entry(
      LogEntry.Kind kind,
      LogEntry.Op op,
      @Nullable Cid cid,
      @Nullable DocId docId,
      CollectionVersion collection,
      List<String> fields,
      long height,
      List<Cid> parents) {
    return new LogEntry(
        0,
        0,
        0,
        kind,
        op,
        cid,
        docId,
        collection.versionId(),
        fields,
        height,
        parents,
        now(),
        origin,
        settings.blocks().did(),
        false,
        false,
        null);
  }

  private Instant now() {
    return settings.clock().instant();
  }

  private DeltaKeys.@Nullable DeltaKey inherited(List<Head> heads) {
    if (!deltaKeys.isAny()) {
      return null;
    }
    List<Head> sorted = new ArrayList<>(heads);
    sorted.sort(Comparator.comparing(head -> Bytes.wrap(head.cid().toBytes())));
    for (Head head : sorted) {
      Cid link = encryptionOf(head.cid());
      DeltaKeys.DeltaKey found = link == null ? null : deltaKeys.find(link);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Cid encryptionOf(Cid cid) {
    rememberNewBlocks();
    Cid own = newEncryptions.get(cid);
    if (own != null) {
      return own;
    }
    byte[] pointer = overlay.getUntracked(Columns.CID, BlockPack.key(cid));
    if (pointer == null) {
      return null;
    }
    byte[] pack =
        overlay.getUntracked(
            Columns.PACK, io.defradb.db.log.LogKeys.seq(BlockPack.pointedSeq(pointer)));
    return pack == null
        ? null
        : BlockCodec.decode(BlockPack.decode(pack).get(BlockPack.pointedIndex(pointer)))
            .encryption();
  }

  /**
   * Blocks of this transaction are not stored yet, and another writer may have made them: later
   * ones must still find their keys.
   */
  private void rememberNewBlocks() {
    for (; remembered < commits.size(); remembered++) {
      for (Commit.Encoded block : commits.get(remembered).blocks()) {
        if (block.bytes().length > 0 && isCommit(block.bytes())) {
          Cid encryption = BlockCodec.decode(block.bytes()).encryption();
          if (encryption != null) {
            newEncryptions.put(block.cid(), encryption);
          }
        }
      }
    }
  }

  /** Commits begin with their delta, signature blocks with their value. */
  private static boolean isCommit(byte[] block) {
    return block.length > 2 && block[1] == 0x65 && block[2] == 'd';
  }

  private static long height(List<Head> heads) {
    long height = 0;
    for (Head head : heads) {
      height = Math.max(height, head.height());
    }
    return height + 1;
  }

  private static List<Cid> cids(List<Head> heads) {
    if (heads.size() <= 1) {
      return heads.isEmpty() ? List.of() : List.of(heads.get(0).cid());
    }
    return heads.stream().sorted(BY_CID).map(Head::cid).toList();
  }
}
