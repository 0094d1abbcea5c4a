package io.defradb.db;

import org.jspecify.annotations.Nullable;

/** Documents one after the other. Close it. For one thread. */
public interface DocumentCursor extends AutoCloseable {
  /** {@code null}: no more, now and at every later call. */
  @Nullable StoredDocument next();

  @Override
  void close();
}
