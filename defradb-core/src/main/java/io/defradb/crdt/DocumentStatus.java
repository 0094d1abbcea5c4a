package io.defradb.crdt;

/** The state of a document's composite: deleted once is deleted for good. */
public enum DocumentStatus {
  ACTIVE,
  DELETED;

  /** The status after {@code delta}, in whatever order deltas come. */
  public DocumentStatus merge(Delta.Composite delta) {
    return delta.isDelete() ? DELETED : this;
  }
}
