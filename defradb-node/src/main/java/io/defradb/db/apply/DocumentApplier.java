package io.defradb.db.apply;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.log.Conflict;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.document.DocId;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits to one stored document: for each its field blocks, then {@link #finish}; after
 * the last {@link #store}. What a commit did to the document goes to the log with it. For one
 * thread.
 */
public final class DocumentApplier {
  private final ApplyTarget target;
  private final CollectionVersion collection;
  private final DocId docId;
  private final byte[] key;
  private final DocumentState state;
  private final @Nullable SortedMap<String, Bytes> stored;
  private final boolean wasDeleted;
  private @Nullable SortedMap<String, Bytes> before;
  private boolean isKnown;

  /**
   * @param collection the version whose fields are known
   * @param record {@code null} for a document that is not known yet
   */
  public DocumentApplier(
      ApplyTarget target,
      CollectionVersion collection,
      DocId docId,
      byte[] key,
      @Nullable DocumentRecord record) {
    this.target = target;
    this.collection = collection;
    this.docId = docId;
    this.key = key;
    this.isKnown = record != null;
    this.wasDeleted = record != null && record.isDeleted();
    this.state =
        new DocumentState(
            collection, record == null ? DocumentRecord.create() : record, target.versionNumbers());
    this.stored = values();
    this.before = stored;
  }

  public DocumentState state() {
    return state;
  }

  /** {@code null} while there is no live document. */
  private @Nullable SortedMap<String, Bytes> values() {
    return !isKnown || state.record().isDeleted()
        ? null
        : StoredFields.values(collection, state.record());
  }

  /**
   * Ends one commit, whose field blocks were applied, and notes it in the log. Answers what it did
   * here.
   *
   * @param composite its delta is a {@link Delta.Composite}
   * @param blocks what is stored with it, itself among them
   * @param signer DID of who signed it, when that is known for sure
   * @param conflicts with commits that did not know of this one
   */
  public LogEntry.Op finish(
      Cid cid,
      Block composite,
      List<Commit.Encoded> blocks,
      @Nullable String signer,
      List<Conflict> conflicts) {
    var delta = (Delta.Composite) composite.delta();
    boolean wasDeleted = isKnown && state.record().isDeleted();
    boolean wasLive = isKnown && !wasDeleted;
    state.applyComposite(cid, composite, delta);
    isKnown = true;
    boolean isLive = !state.record().isDeleted();
    LogEntry.Op op =
        wasLive == isLive || wasDeleted
            ? LogEntry.Op.UPDATE
            : isLive ? LogEntry.Op.CREATE : wasLive ? LogEntry.Op.DELETE : LogEntry.Op.UPDATE;
    List<String> names = composite.links().stream().map(DagLink::name).sorted().toList();
    SortedMap<String, Bytes> after = values();
    LogEntry entry =
        target.entry(
            LogEntry.Kind.DOCUMENT,
            op,
            cid,
            docId,
            delta.schemaVersionId(),
            names,
            delta.priority(),
            composite.heads(),
            signer,
            wasDeleted,
            conflicts);
    target.commits().add(new Commit(entry, blocks, image(names, after), key));
    before = after;
    return op;
  }

  private LogImage image(List<String> names, @Nullable SortedMap<String, Bytes> after) {
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

  /**
   * Puts the record and the index entries into the transaction.
   *
   * @param onViolation gets UNIQUE_VIOLATION, and throws it or lets the values stand beside others
   */
  public void store(Consumer<DefraException> onViolation) {
    target.overlay().put(Columns.STATE, key, state.record().encode());
    if (!wasDeleted) {
      target
          .indexes()
          .hidden()
          .update(target.overlay(), target.shortId(collection), collection, docId, stored, before);
    }
    if (!collection.indexes().isEmpty()) {
      target
          .indexes()
          .update(
              target.overlay(),
              target.shortId(collection),
              collection,
              docId,
              stored,
              before,
              onViolation);
    }
  }
}
