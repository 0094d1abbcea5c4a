package io.defradb.acp;

import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.rule.PolicyCheck;

/**
 * Decides who may do what with which document, as one transaction sees it. A collection without a
 * policy is open to everybody, and so is a document that was created by nobody in particular. For
 * one thread.
 */
public interface DocumentAccess extends PolicyCheck {
  /** {@code READ} is had by whoever has one of the others. */
  enum Permission {
    READ,
    UPDATE,
    DELETE
  }

  /**
   * What an actor is to be, or no longer to be, to a document.
   *
   * @param docId as given, any text
   * @param actor a DID, or {@code *} for everybody
   */
  record Relationship(String docId, String relation, String actor) {}

  boolean isAllowed(Asker asker, Permission permission, CollectionVersion collection, DocId docId);

  /** A document was created; with a policy and an identity the asker becomes its owner. */
  void registerCreated(Asker asker, CollectionVersion collection, DocId docId);

  /**
   * Adds a policy, in YAML or JSON.
   *
   * @return its ID
   * @throws DefraException INVALID_ARGUMENT; a number may have been used up, so commit none the
   *     less
   */
  String addPolicy(Asker creator, String text);

  /** Throws UNSUPPORTED on a node without access control of documents. */
  void requireAvailable();

  /**
   * Gives an actor a relation to a document.
   *
   * @return whether the actor had it already
   * @throws DefraException FORBIDDEN, INVALID_ARGUMENT
   */
  boolean addRelationship(Asker requester, CollectionVersion collection, Relationship relationship);

  /**
   * Takes an actor's relation to a document away.
   *
   * @return whether the actor had it
   * @throws DefraException FORBIDDEN, INVALID_ARGUMENT
   */
  boolean removeRelationship(
      Asker requester, CollectionVersion collection, Relationship relationship);

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

        @Override
        public void check(String policyId, String resourceName) {
          PolicyCheck.NONE.check(policyId, resourceName);
        }

        @Override
        public void requireAvailable() {
          throw notAvailable();
        }

        @Override
        public String addPolicy(Asker creator, String text) {
          throw notAvailable();
        }

        @Override
        public boolean addRelationship(
            Asker requester, CollectionVersion collection, Relationship relationship) {
          throw notAvailable();
        }

        @Override
        public boolean removeRelationship(
            Asker requester, CollectionVersion collection, Relationship relationship) {
          throw notAvailable();
        }
      };

  /** What a node without access control says to who wants to change it. */
  static DefraException notAvailable() {
    return new DefraException(
        ErrorCode.UNSUPPORTED, "operation requires ACP, but ACP not available");
  }
}
