package io.defradb.db.fetch;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.StoredDocument;
import io.defradb.db.catalog.TransactionCatalog;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.RecordView;
import io.defradb.db.migrate.Migrations;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads documents for one asker. For one thread. */
public final class StoreReader implements DocumentReader {
  private final Overlay overlay;
  private final TransactionCatalog catalog;
  private final DocumentIndexes indexes;
  private final DocumentAccess access;
  private final Asker asker;
  private final PastDocuments past;
  private final Migrations migrations;

  public StoreReader(
      Overlay overlay,
      TransactionCatalog catalog,
      DocumentIndexes indexes,
      DocumentAccess access,
      Asker asker,
      StoreCommits commits,
      Migrations migrations) {
    this.migrations = migrations;
    this.overlay = overlay;
    this.catalog = catalog;
    this.indexes = indexes;
    this.access = access;
    this.asker = asker;
    this.past = new PastDocuments(overlay, catalog, commits);
  }

  @Override
  public Optional<StoredDocument> get(
      CollectionVersion collection, DocId docId, boolean isDeletedShown) {
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    byte[] record = key == null ? null : overlay.get(Columns.STATE, key);
    return Optional.ofNullable(
        record == null ? null : visible(collection, docId, record, isDeletedShown));
  }

  private @Nullable StoredDocument visible(
      CollectionVersion collection, DocId docId, byte[] record, boolean isDeletedShown) {
    var view = new RecordView(record);
    boolean isShown = isDeletedShown || !view.isDeleted();
    boolean isAllowed =
        collection.policy() == null
            || access.isAllowed(asker, DocumentAccess.Permission.READ, collection, docId);
    if (!isShown || !isAllowed) {
      return null;
    }
    var plain = new RecordDocument(catalog.state(), collection, docId, view);
    return migrations.areFor(collection) ? migrations.see(collection, plain, view) : plain;
  }

  @Override
  public DocumentCursor scan(
      CollectionVersion collection, @Nullable DocId afterDocId, boolean isDeletedShown) {
    int shortId = catalog.shortId(collection.collectionId());
    KeyRange range =
        afterDocId == null
            ? DocumentKey.range(shortId)
            : DocumentKey.rangeAfter(shortId, afterDocId);
    Cursor entries = overlay.cursor(Columns.STATE, range);
    return new DocumentCursor() {
      @Override
      public @Nullable StoredDocument next() {
        while (entries.next()) {
          StoredDocument document =
              visible(
                  collection, DocumentKey.docId(entries.key()), entries.value(), isDeletedShown);
          if (document != null) {
            return document;
          }
        }
        return null;
      }

      @Override
      public void close() {
        entries.close();
      }
    };
  }

  @Override
  public long count(CollectionVersion collection, boolean isDeletedShown) {
    if (migrations.areFor(collection)) {
      return countSeen(collection, isDeletedShown);
    }
    int shortId = catalog.shortId(collection.collectionId());
    return collection.policy() == null
        ? countAll(shortId, isDeletedShown)
        : countAllowed(collection, shortId, isDeletedShown);
  }

  /** Lenses can leave documents out. */
  private long countSeen(CollectionVersion collection, boolean isDeletedShown) {
    long count = 0;
    try (DocumentCursor documents = scan(collection, null, isDeletedShown)) {
      while (documents.next() != null) {
        count++;
      }
    }
    return count;
  }

  /** Walks keys: no value is opened. */
  private long countAll(int shortId, boolean isDeletedShown) {
    long count = 0;
    try (Cursor entries = overlay.cursor(Columns.STATE, DocumentKey.range(shortId))) {
      while (entries.next()) {
        count++;
      }
    }
    return isDeletedShown
        ? count
        : count - indexes.hidden().deleted(range -> overlay.cursor(Columns.INDEX, range), shortId);
  }

  private long countAllowed(CollectionVersion collection, int shortId, boolean isDeletedShown) {
    long count = 0;
    try (Cursor entries = overlay.cursor(Columns.STATE, DocumentKey.range(shortId))) {
      while (entries.next()) {
        boolean isShown = isDeletedShown || !RecordView.isDeleted(entries.value());
        boolean isAllowed =
            access.isAllowed(
                asker,
                DocumentAccess.Permission.READ,
                collection,
                DocumentKey.docId(entries.key()));
        count += isShown && isAllowed ? 1 : 0;
      }
    }
    return count;
  }

  @Override
  public DocumentCursor byIndex(
      CollectionVersion collection,
      IndexDescription index,
      List<Value> values,
      boolean isDeletedShown) {
    if (migrations.areFor(collection)) {
      return new EqualDocuments(scan(collection, null, isDeletedShown), collection, index, values);
    }
    Cursor entries =
        indexes.find(
            range -> overlay.cursor(Columns.INDEX, range),
            catalog.shortId(collection.collectionId()),
            collection,
            index,
            values);
    return new DocumentCursor() {
      @Override
      public @Nullable StoredDocument next() {
        while (entries.next()) {
          Optional<StoredDocument> document =
              get(collection, DocumentKey.docId(entries.key()), isDeletedShown);
          if (document.isPresent()) {
            return document.get();
          }
        }
        return null;
      }

      @Override
      public void close() {
        entries.close();
      }
    };
  }

  @Override
  public DocumentCursor byRange(
      CollectionVersion collection, int fieldIndex, Value low, Value high, boolean isDeletedShown) {
    if (migrations.areFor(collection)) {
      return scan(collection, null, isDeletedShown);
    }
    Collection<DocId> found =
        indexes.between(
            overlay, catalog.shortId(collection.collectionId()), collection, fieldIndex, low, high);
    if (found == null) {
      return scan(collection, null, isDeletedShown);
    }
    Iterator<DocId> docIds = found.iterator();
    return new DocumentCursor() {
      @Override
      public @Nullable StoredDocument next() {
        while (docIds.hasNext()) {
          Optional<StoredDocument> document = get(collection, docIds.next(), isDeletedShown);
          if (document.isPresent()) {
            return document.get();
          }
        }
        return null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<StoredDocument> asOf(CollectionVersion collection, Cid cid, boolean isDeletedShown) {
    return past.at(collection, cid).stream()
        .filter(document -> isDeletedShown || !document.isDeleted())
        .filter(
            document ->
                access.isAllowed(
                    asker, DocumentAccess.Permission.READ, collection, document.docId()))
        .toList();
  }
}
