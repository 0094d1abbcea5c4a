package io.defradb.db.fetch;

import io.defradb.crdt.Counter;
import io.defradb.crdt.CrdtType;
import io.defradb.crdt.Delta;
import io.defradb.crdt.LwwRegister;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.StoredDocument;
import io.defradb.db.apply.DeltaCipher;
import io.defradb.db.catalog.TransactionCatalog;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Documents as they were at a commit: the commits that it reaches are applied again, in memory.
 * Nothing is written. For one thread.
 */
final class PastDocuments {
  private final Overlay overlay;
  private final TransactionCatalog catalog;
  private final StoreCommits commits;

  PastDocuments(Overlay overlay, TransactionCatalog catalog, StoreCommits commits) {
    this.overlay = overlay;
    this.catalog = catalog;
    this.commits = commits;
  }

  /** See {@link io.defradb.db.DocumentReader#asOf}; deleted ones are here. */
  List<StoredDocument> at(CollectionVersion collection, Cid cid) {
    Delta tip = block(cid).delta();
    if (!isOf(collection, tip.schemaVersionId())) {
      return List.of();
    }
    List<StoredDocument> documents = new ArrayList<>();
    for (Map.Entry<DocId, Past> past : reached(cid).entrySet()) {
      if (past.getValue().isThere(collection)) {
        documents.add(past.getValue().document(collection, past.getKey()));
      }
    }
    return documents;
  }

  /** Every document below {@code cid}, with its part of the graph. */
  private TreeMap<DocId, Past> reached(Cid cid) {
    TreeMap<DocId, Past> reached = new TreeMap<>();
    Set<Cid> seen = new HashSet<>();
    Deque<Cid> open = new ArrayDeque<>(List.of(cid));
    while (!open.isEmpty()) {
      Cid next = open.remove();
      if (!seen.add(next)) {
        continue;
      }
      Block block = block(next);
      open.addAll(block.heads());
      if (block.delta() instanceof Delta.Composite composite) {
        reached.computeIfAbsent(composite.docId(), docId -> new Past()).add(next, block, composite);
      } else if (block.delta() instanceof Delta.Lww lww) {
        reached.computeIfAbsent(lww.docId(), docId -> new Past()).add(block);
      } else if (block.delta() instanceof Delta.Counter counter) {
        reached.computeIfAbsent(counter.docId(), docId -> new Past()).add(block);
      } else {
        block.links().forEach(link -> open.add(link.cid()));
      }
    }
    return reached;
  }

  private Block block(Cid cid) {
    return commits.block(cid).orElseThrow(() -> missing(cid));
  }

  private boolean isOf(CollectionVersion collection, String versionId) {
    return catalog
        .byVersionId(versionId)
        .map(version -> version.collectionId().equals(collection.collectionId()))
        .orElse(false);
  }

  /** One document's commits. */
  private final class Past {
    private final Set<Cid> heads = new TreeSet<>();
    private final Set<Cid> covered = new HashSet<>();
    private final List<Block> fieldBlocks = new ArrayList<>();
    private boolean isDeleted;
    private long height;
    private String schemaVersionId = "";

    void add(Cid cid, Block block, Delta.Composite composite) {
      heads.add(cid);
      covered.addAll(block.heads());
      isDeleted |= composite.isDelete();
      if (composite.priority() > height) {
        height = composite.priority();
        schemaVersionId = composite.schemaVersionId();
      }
      for (DagLink link : block.links()) {
        fieldBlocks.add(block(link.cid()));
      }
    }

    /** Of a single field's commits nothing is left when they unset it. */
    boolean isThere(CollectionVersion collection) {
      return height > 0
          || values(collection, fieldBlocks).values().stream()
              .anyMatch(it -> !it.equals(ValueCbor.NULL));
    }

    /** Of a field asked for by itself: the others are unset. */
    void add(Block ofField) {
      schemaVersionId = ofField.delta().schemaVersionId();
      fieldBlocks.add(ofField);
    }

    StoredDocument document(CollectionVersion collection, DocId docId) {
      heads.removeAll(covered);
      fieldBlocks.sort(Comparator.comparingLong(block -> block.delta().priority()));
      return new ValuesDocument(
          collection,
          docId,
          isDeleted,
          List.copyOf(heads),
          schemaVersionId,
          values(collection, fieldBlocks));
    }
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
    return collection.field(field).map(StoredFields::kind).orElse(FieldKind.JSON);
  }

  static DefraException missing(Cid cid) {
    return new DefraException(
        ErrorCode.BLOCK_NOT_FOUND,
        "seek failed: (version fetcher) failed to get block in blockstore: ipld: could not find "
            + cid,
        "Target",
        cid);
  }
}
