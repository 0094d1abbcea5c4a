package io.defradb.db.fetch;

import io.defradb.crdt.Counter;
import io.defradb.crdt.CrdtType;
import io.defradb.crdt.Delta;
import io.defradb.crdt.LwwRegister;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.db.StoredDocument;
import io.defradb.db.apply.Commit;
import io.defradb.db.apply.DeltaCipher;
import io.defradb.db.apply.HeadList;
import io.defradb.db.catalog.CatalogStore;
import io.defradb.db.catalog.TransactionCatalog;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.Head;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.storage.Cursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads blocks and heads of one transaction. For one thread. */
public final class StoreCommits implements CommitReader {
  private final Overlay overlay;
  private final TransactionCatalog catalog;
  private final BlockSource blocks;

  public StoreCommits(Overlay overlay, TransactionCatalog catalog, List<Commit> own) {
    this.overlay = overlay;
    this.catalog = catalog;
    this.blocks = new BlockSource(overlay, own);
  }

  @Override
  public @Nullable Bytes raw(Cid cid) {
    return blocks.raw(cid);
  }

  @Override
  public Optional<Block> block(Cid cid) {
    Bytes raw = raw(cid);
    if (raw == null || !BlockCodec.isCommit(raw.unsafeArray())) {
      return Optional.empty();
    }
    return Optional.of(BlockCodec.decode(raw.unsafeArray()));
  }

  @Override
  public Optional<DocumentHeads> heads(DocId docId) {
    for (Map.Entry<Integer, String> collection :
        catalog.state().collectionsByShortId().entrySet()) {
      byte[] key = DocumentKey.of(collection.getKey(), docId);
      byte[] record = key == null ? null : overlay.get(Columns.STATE, key);
      if (record != null) {
        return Optional.of(heads(docId, collection.getValue(), record));
      }
    }
    return Optional.empty();
  }

  private DocumentHeads heads(DocId docId, String collectionId, byte[] encoded) {
    DocumentRecord record = DocumentRecord.decode(encoded);
    List<CollectionField> names = names(collectionId);
    List<FieldHeads> fields = new ArrayList<>();
    record
        .fields()
        .forEach(
            (number, field) -> {
              String name = number < names.size() ? names.get(number).name() : "";
              fields.add(new FieldHeads(name, number, cids(field.heads())));
            });
    return new DocumentHeads(docId, collectionId, cids(record.heads()), fields);
  }

  /** The longest field list of the collection: later versions only add. */
  private List<CollectionField> names(String collectionId) {
    return catalog.state().versionsOf(collectionId).stream()
        .map(CollectionVersion::fields)
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }

  private static List<Cid> cids(List<Head> heads) {
    return heads.stream().map(Head::cid).sorted().toList();
  }

  @Override
  public Optional<Tip> tip(CollectionVersion collection, DocId docId) {
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    byte[] stored = key == null ? null : overlay.get(Columns.STATE, key);
    if (stored == null) {
      return Optional.empty();
    }
    DocumentRecord record = DocumentRecord.decode(stored);
    long height = record.heads().stream().mapToLong(Head::height).max().orElse(0);
    return Optional.of(new Tip(cids(record.heads()), height, record.lastSeq()));
  }

  @Override
  public Iterator<DocumentHeads> allHeads() {
    TreeMap<DocId, DocumentHeads> all = new TreeMap<>();
    for (Map.Entry<Integer, String> collection :
        catalog.state().collectionsByShortId().entrySet()) {
      try (Cursor documents =
          overlay.cursor(Columns.STATE, DocumentKey.range(collection.getKey()))) {
        while (documents.next()) {
          DocId docId = DocumentKey.docId(documents.key());
          all.put(docId, heads(docId, collection.getValue(), documents.value()));
        }
      }
    }
    return all.values().iterator();
  }

  @Override
  public List<Cid> collectionHeads(CollectionVersion collection) {
    byte[] key = CatalogStore.collectionHeadsKey(collection.collectionId());
    return cids(HeadList.decode(overlay.get(Columns.SYSTEM, key)));
  }

  /** Replays the commits below {@code cid}; nothing is written. */
  Optional<StoredDocument> asOf(CollectionVersion collection, Cid cid) {
    Block tip = block(cid).orElseThrow(() -> missing(cid));
    if (!(tip.delta() instanceof Delta.Composite last)
        || !isOf(collection, last.schemaVersionId())) {
      return Optional.empty();
    }
    List<Block> fieldBlocks = new ArrayList<>();
    Set<Cid> seen = new HashSet<>();
    Deque<Cid> open = new ArrayDeque<>(List.of(cid));
    boolean isDeleted = false;
    while (!open.isEmpty()) {
      Cid next = open.remove();
      if (!seen.add(next)) {
        continue;
      }
      Block composite = block(next).orElseThrow(() -> missing(next));
      isDeleted |= composite.delta() instanceof Delta.Composite delta && delta.isDelete();
      for (DagLink link : composite.links()) {
        fieldBlocks.add(block(link.cid()).orElseThrow(() -> missing(link.cid())));
      }
      open.addAll(composite.heads());
    }
    fieldBlocks.sort(Comparator.comparingLong(block -> block.delta().priority()));
    return Optional.of(
        new ValuesDocument(
            collection,
            last.docId(),
            isDeleted,
            last.schemaVersionId(),
            values(collection, fieldBlocks)));
  }

  private boolean isOf(CollectionVersion collection, String versionId) {
    return catalog
        .byVersionId(versionId)
        .map(version -> version.collectionId().equals(collection.collectionId()))
        .orElse(false);
  }

  private Map<String, Bytes> values(CollectionVersion collection, List<Block> fieldBlocks) {
    Map<String, Bytes> values = new HashMap<>();
    Map<String, Long> priorities = new HashMap<>();
    for (Block block : fieldBlocks) {
      if (block.delta() instanceof Delta.Lww lww) {
        Bytes data = plain(block, lww.data());
        Bytes current = values.getOrDefault(lww.fieldName(), ValueCbor.NULL);
        long priority = priorities.getOrDefault(lww.fieldName(), 0L);
        if (LwwRegister.wins(priority, current, lww.priority(), data)) {
          values.put(lww.fieldName(), data);
          priorities.put(lww.fieldName(), lww.priority());
        }
      } else if (block.delta() instanceof Delta.Counter counter) {
        FieldKind kind = kind(collection, counter.fieldName());
        Value before =
            ValueCbor.decode(kind, values.getOrDefault(counter.fieldName(), ValueCbor.NULL));
        Value amount = ValueCbor.decode(kind, plain(block, counter.data()));
        Value sum = Counter.add(CrdtType.PN_COUNTER, kind, before, amount);
        values.put(counter.fieldName(), Bytes.wrap(ValueCbor.encode(kind, sum)));
      }
    }
    return values;
  }

  private Bytes plain(Block block, Bytes data) {
    Bytes plain = DeltaCipher.plain(overlay, block, data);
    return plain == null ? ValueCbor.NULL : plain;
  }

  private static FieldKind kind(CollectionVersion collection, String field) {
    return collection
        .field(field)
        .map(
            found ->
                found.kind() instanceof SchemaFieldKind.Scalar scalar
                    ? scalar.kind()
                    : FieldKind.ID)
        .orElse(FieldKind.JSON);
  }

  private static DefraException missing(Cid cid) {
    return new DefraException(
        ErrorCode.BLOCK_NOT_FOUND,
        "seek failed: (version fetcher) failed to get block in blockstore: ipld: could not find "
            + cid,
        "Target",
        cid);
  }
}
