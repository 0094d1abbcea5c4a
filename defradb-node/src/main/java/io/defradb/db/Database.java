package io.defradb.db;

import io.defradb.db.log.Origin;

/**
 * The door of the database. Safe for use by many threads; a {@link Transaction} is for one thread
 * at a time.
 */
public interface Database extends AutoCloseable {
  /**
   * Opens a transaction on the state as of now. Close it: an uncommitted one is discarded.
   *
   * @throws io.defradb.error.DefraException BUSY when too many are open
   */
  Transaction begin(boolean isReadOnly);

  /** Opens a transaction that writes, whose commits the log notes as coming from {@code origin}. */
  Transaction begin(Origin origin);

  @Override
  void close();
}
