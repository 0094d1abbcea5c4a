package io.defradb.db;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.acp.NodeAccess;
import io.defradb.db.log.LogReader;
import io.defradb.lens.Lenses;

/**
 * A serialisable unit of work on a snapshot: it sees its own writes, nobody else's, and is applied
 * whole or not at all.
 *
 * <p>A transaction that wrote fails at commit with TXN_CONFLICT ({@code transaction conflict.
 * Please retry}) when a document or description it read was changed by a later commit. A read-only
 * one never fails, and refuses writes with READ_ONLY_TXN. For one thread at a time.
 */
public interface Transaction extends AutoCloseable {
  /** Unique in this process, growing. */
  long id();

  boolean isReadOnly();

  /** The collections as this transaction sees them, its own changes included. */
  Catalog catalog();

  /** Documents that {@code asker} may see. */
  DocumentReader documents(Asker asker);

  /** Changes made in the name of {@code asker}. */
  DocumentWriter writer(Asker asker);

  /** Applies what other nodes made. */
  BlockMerger merger();

  /** Blocks and heads. */
  CommitReader commits();

  /** Who may do what with which document; changes are part of the transaction. */
  DocumentAccess access();

  /** Who may administer the node; changes are part of the transaction. */
  NodeAccess nodeAccess();

  /** What only this node keeps: positions, generations, consumers. */
  LocalState local();

  /** What runs lenses. */
  default Lenses lenses() {
    return Lenses.NONE;
  }

  /** The log as of the transaction's snapshot, without its own writes. */
  LogReader log();

  /** Runs {@code action} after a successful commit, on the committing thread. */
  void afterCommit(Runnable action);

  /**
   * Applies everything and writes the log entries; acknowledged only when stored.
   *
   * @throws io.defradb.error.DefraException TXN_CONFLICT, STORAGE_FULL, STORAGE_FAILED: nothing was
   *     applied
   */
  void commit();

  /** Discards what was not committed. Harmless when repeated. */
  @Override
  void close();
}
