package io.defradb.db.txn;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.document.DocId;
import io.defradb.schema.CollectionVersion;
import java.util.function.BiConsumer;

/**
 * Tells of every new grant: who may read a document from now on gets it from the log, as it is.
 *
 * @param granted told the collection and the document
 */
record LoggedAccess(DocumentAccess access, BiConsumer<CollectionVersion, DocId> granted)
    implements DocumentAccess {
  @Override
  public boolean isAllowed(
      Asker asker, Permission permission, CollectionVersion collection, DocId docId) {
    return access.isAllowed(asker, permission, collection, docId);
  }

  @Override
  public void registerCreated(Asker asker, CollectionVersion collection, DocId docId) {
    access.registerCreated(asker, collection, docId);
  }

  @Override
  public void check(String policyId, String resourceName) {
    access.check(policyId, resourceName);
  }

  @Override
  public void requireAvailable() {
    access.requireAvailable();
  }

  @Override
  public String addPolicy(Asker creator, String text) {
    return access.addPolicy(creator, text);
  }

  @Override
  public boolean addRelationship(
      Asker requester, CollectionVersion collection, Relationship relationship) {
    boolean hasExisted = access.addRelationship(requester, collection, relationship);
    if (!hasExisted) {
      granted.accept(collection, new DocId(relationship.docId()));
    }
    return hasExisted;
  }

  @Override
  public boolean removeRelationship(
      Asker requester, CollectionVersion collection, Relationship relationship) {
    return access.removeRelationship(requester, collection, relationship);
  }
}
