package io.defradb.acp;

import io.defradb.document.DocId;
import io.defradb.schema.CollectionVersion;

/**
 * Decides who may do what with which document. Every read path asks; safe for use by many threads.
 */
public interface DocumentAccess {
  enum Permission {
    READ,
    UPDATE,
    DELETE
  }

  boolean isAllowed(Asker asker, Permission permission, CollectionVersion collection, DocId docId);

  /** A document was created; with a policy and an identity the asker becomes its owner. */
  void registerCreated(Asker asker, CollectionVersion collection, DocId docId);

  /** Everybody may do everything: the answer of a node without document access control. */
  DocumentAccess OPEN =
      new DocumentAccess() {
        @Override
        public boolean isAllowed(
            Asker asker, Permission permission, CollectionVersion collection, DocId docId) {
          return true;
        }

        @Override
        public void registerCreated(Asker asker, CollectionVersion collection, DocId docId) {}
      };
}
