package io.defradb.db;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess.Permission;
import io.defradb.crdt.Delta;
import io.defradb.document.DocId;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which commits an asker may see: those of documents that it may read, and those of collections,
 * which hold no values. For one thread, as its transaction is.
 */
public final class CommitAccess {
  private final Transaction transaction;
  private final Asker asker;
  private @Nullable Map<String, CollectionVersion> protectedCollections;

  public CommitAccess(Transaction transaction, Asker asker) {
    this.transaction = transaction;
    this.asker = asker;
  }

  /** {@code collectionId}: of the document's collection. */
  public boolean isVisible(String collectionId, DocId docId) {
    CollectionVersion collection = protectedCollections().get(collectionId);
    return collection == null
        || transaction.access().isAllowed(asker, Permission.READ, collection, docId);
  }

  /**
   * Of a document that is not known here nobody but the node sees commits, if any are protected.
   */
  public boolean isVisible(Delta delta) {
    DocId docId = docId(delta);
    if (docId == null || asker.isTrusted() || protectedCollections().isEmpty()) {
      return true;
    }
    return transaction
        .commits()
        .heads(docId)
        .map(heads -> isVisible(heads.collectionId(), docId))
        .orElse(false);
  }

  /** The same of a stored commit; what is none is visible. */
  public boolean isVisible(Cid cid) {
    return transaction.commits().block(cid).map(block -> isVisible(block.delta())).orElse(true);
  }

  /** The document that a change is of; {@code null} for a collection's. */
  public static @Nullable DocId docId(Delta delta) {
    if (delta instanceof Delta.Lww lww) {
      return lww.docId();
    }
    if (delta instanceof Delta.Counter counter) {
      return counter.docId();
    }
    return delta instanceof Delta.Composite composite ? composite.docId() : null;
  }

  /** By ID; a collection's policy is the same in all its versions. */
  private Map<String, CollectionVersion> protectedCollections() {
    Map<String, CollectionVersion> known = protectedCollections;
    if (known == null) {
      known = new HashMap<>();
      for (CollectionVersion version : transaction.catalog().all()) {
        if (version.policy() != null) {
          known.put(version.collectionId(), version);
        }
      }
      protectedCollections = known;
    }
    return known;
  }
}
