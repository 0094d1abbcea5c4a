package io.defradb.db.fetch;

import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.db.CommitReader;
import io.defradb.db.apply.Commit;
import io.defradb.db.apply.HeadList;
import io.defradb.db.catalog.CatalogStore;
import io.defradb.db.catalog.TransactionCatalog;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.Head;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  public long seq(Cid cid) {
    byte[] place = overlay.getUntracked(Columns.CID, BlockPlace.key(cid));
    return place == null ? 0 : BlockPlace.decode(place).seq();
  }

  @Override
  public Optional<Block> block(Cid cid) {
    Bytes raw = raw(cid);
    if (raw == null || !BlockCodec.isCommit(raw.unsafeArray())) {
      return Optional.empty();
    }
    return Optional.of(BlockCodec.read(raw.unsafeArray()));
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
    List<CollectionVersion> versions = catalog.state().versionsOf(collectionId);
    List<FieldHeads> fields = new ArrayList<>();
    record
        .fields()
        .forEach(
            (number, field) -> {
              fields.add(new FieldHeads(name(versions, number), number, cids(field.heads())));
            });
    return new DocumentHeads(docId, collectionId, cids(record.heads()), fields);
  }

  /** Any version that has the field tells its name; empty: none has. */
  private static String name(List<CollectionVersion> versions, int number) {
    for (CollectionVersion version : versions) {
      int place = version.fieldPlace(number);
      if (place >= 0) {
        return version.fields().get(place).name();
      }
    }
    return "";
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
    return new HeadsWalk(overlay, catalog.state().collectionsByShortId(), this::heads);
  }

  @Override
  public List<Cid> collectionHeads(CollectionVersion collection) {
    byte[] key = CatalogStore.collectionHeadsKey(collection.collectionId());
    return cids(HeadList.decode(overlay.get(Columns.SYSTEM, key)));
  }
}
