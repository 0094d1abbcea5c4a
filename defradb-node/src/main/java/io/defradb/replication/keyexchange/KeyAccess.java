package io.defradb.replication.keyexchange;

import io.defradb.acp.Asker;
import io.defradb.db.CommitAccess;
import io.defradb.db.CommitReader;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;

/** Who may have the key of a document. */
@FunctionalInterface
public interface KeyAccess {
  /**
   * Who may read the document. The key of one that is not known here is told to nobody, if any
   * collection is protected.
   */
  KeyAccess READERS =
      (transaction, did, docId) ->
          docId.text().isEmpty() // of a collection's commits, which hold no values
              || transaction
                  .commits()
                  .heads(docId)
                  .map(CommitReader.DocumentHeads::collectionId)
                  .map(id -> new CommitAccess(transaction, new Asker(did)).isVisible(id, docId))
                  .orElseGet(() -> isUnprotected(transaction));

  /**
   * Whether {@code did}, which may be empty and is what the request says, may read the document.
   * What cannot be decided is no.
   */
  boolean mayRead(Transaction transaction, String did, DocId docId);

  private static boolean isUnprotected(Transaction transaction) {
    return transaction.catalog().all().stream().allMatch(version -> version.policy() == null);
  }
}
