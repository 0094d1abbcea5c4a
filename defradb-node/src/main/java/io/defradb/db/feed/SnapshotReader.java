package io.defradb.db.feed;

import io.defradb.acp.Asker;
import io.defradb.db.CommitReader.Tip;
import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Documents as of one moment, in (collectionID, docID) order. Holds a transaction open until it is
 * closed. For one thread at a time.
 */
public final class SnapshotReader implements AutoCloseable {
  private final Transaction transaction;
  private final Asker asker;
  private final SnapshotQuery query;
  private final String feedId;
  private final long seq;
  private final List<CollectionVersion> collections;
  private final JsonWriter json = new JsonWriter();
  private int current = -1;
  private @Nullable DocumentCursor cursor;
  private @Nullable VersionFields fields;
  private long count;

  /** Takes {@code transaction} over. */
  SnapshotReader(Transaction transaction, Asker asker, SnapshotQuery query, String feedId) {
    this.transaction = transaction;
    this.asker = asker;
    this.query = query;
    this.feedId = feedId;
    this.seq = transaction.log().newestSeq();
    this.collections = collections();
  }

  private List<CollectionVersion> collections() {
    Set<String> wanted = new HashSet<>(query.collections());
    List<CollectionVersion> found =
        transaction.catalog().active().stream()
            .filter(version -> wanted.remove(version.name()))
            .sorted(Comparator.comparing(CollectionVersion::collectionId))
            .toList();
    if (!wanted.isEmpty()) {
      throw new DefraException(
          ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "Name", String.join(",", wanted));
    }
    return found;
  }

  public String feedId() {
    return feedId;
  }

  /** The moment: the latest entry that the documents hold. */
  public long seq() {
    return seq;
  }

  /** Documents that its sinks have taken. */
  public long count() {
    return count;
  }

  /**
   * Reads on until the sink is full, or {@code limit} documents were read in all.
   *
   * @return false at the end
   */
  public boolean read(FeedSink sink, long limit) {
    while (!sink.isFull()) {
      if (count >= limit) {
        return false;
      }
      StoredDocument document = next();
      if (document == null) {
        return false;
      }
      if (query.shard().contains(document.docId().text())) {
        write(document, sink);
        count++;
      }
    }
    return true;
  }

  private @Nullable StoredDocument next() {
    while (true) {
      if (cursor != null) {
        StoredDocument document = cursor.next();
        if (document != null) {
          return document;
        }
        cursor.close();
        cursor = null;
      }
      if (++current >= collections.size()) {
        current = collections.size();
        return null;
      }
      open(collections.get(current));
    }
  }

  private void open(CollectionVersion collection) {
    SnapshotQuery.After after = query.after();
    int order = after == null ? 1 : collection.collectionId().compareTo(after.collectionId());
    if (order < 0) {
      return;
    }
    DocId from = after != null && order == 0 ? new DocId(after.docId()) : null;
    fields = VersionFields.of(collection);
    cursor = transaction.documents(asker).scan(collection, from, false);
  }

  private void write(StoredDocument document, FeedSink sink) {
    CollectionVersion collection = collections.get(current);
    json.reset();
    json.beginObject().name("collection").string(collection.name());
    json.name("collectionID").string(collection.collectionId());
    json.name("schemaVersionID").string(document.schemaVersionId());
    json.name("docID").string(document.docId().text());
    Tip tip =
        transaction
            .commits()
            .tip(collection, document.docId())
            .orElseThrow(() -> new DefraException(ErrorCode.CORRUPT, "a document has no heads"));
    json.name("cid").string(tip.heads().get(0).toString()).name("height").number(tip.height());
    json.name("heads").beginArray();
    tip.heads().forEach(head -> json.string(head.toString()));
    json.endArray().name("seq").number(tip.seq()).name("document").beginObject();
    writeFields(document, collection);
    sink.accept(tip.seq(), json.endObject().endObject());
  }

  private void writeFields(StoredDocument document, CollectionVersion collection) {
    for (int i = 0; i < collection.fields().size(); i++) {
      CollectionField field = collection.fields().get(i);
      FieldKind kind = fields == null ? null : fields.kinds().get(field.name());
      if (!field.isStored() || kind == null) {
        continue;
      }
      Bytes cbor = document.cbor(i);
      if (!cbor.equals(ValueCbor.NULL)) {
        json.name(field.name()).writeCbor(kind, cbor.unsafeArray(), 0, cbor.length());
      }
    }
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    transaction.close();
  }
}
