package io.defradb.db.feed;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.document.DocId;
import io.defradb.schema.CollectionVersion;
import java.util.Set;

/** Hides some documents from everybody. */
record HiddenDocuments(Set<String> docIds) implements DocumentAccess {
  @Override
  public boolean isAllowed(
      Asker asker, Permission permission, CollectionVersion collection, DocId docId) {
    return !docIds.contains(docId.text());
  }

  @Override
  public void registerCreated(Asker asker, CollectionVersion collection, DocId docId) {
    throw new AssertionError("the feed creates nothing");
  }

  @Override
  public void check(String policyId, String resourceName) {
    throw new AssertionError("the feed links nothing");
  }

  @Override
  public void requireAvailable() {}

  @Override
  public String addPolicy(Asker creator, String text) {
    throw new AssertionError("the feed adds no policy");
  }

  @Override
  public boolean addRelationship(
      Asker requester, CollectionVersion collection, Relationship relationship) {
    throw new AssertionError("the feed grants nothing");
  }

  @Override
  public boolean removeRelationship(
      Asker requester, CollectionVersion collection, Relationship relationship) {
    throw new AssertionError("the feed revokes nothing");
  }
}
