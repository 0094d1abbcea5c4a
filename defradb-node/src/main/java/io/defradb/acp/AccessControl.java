package io.defradb.acp;

/** Access control of a node's documents. Safe for use by many threads. */
@FunctionalInterface
public interface AccessControl {
  /** Of a node that has none: everybody may do everything. */
  AccessControl OPEN = store -> DocumentAccess.OPEN;

  /** As one transaction sees it. */
  DocumentAccess within(AccessStore store);
}
