package io.defradb.replication.keyexchange;

import io.defradb.db.Transaction;
import io.defradb.document.DocId;

/** Who may have the key of a document. */
@FunctionalInterface
public interface KeyAccess {
  /** Of a node without document access control. */
  KeyAccess OPEN = (transaction, did, docId) -> true;

  /**
   * Whether {@code did}, which may be empty and is not proved, may read the document. What cannot
   * be decided is no.
   */
  boolean mayRead(Transaction transaction, String did, DocId docId);
}
