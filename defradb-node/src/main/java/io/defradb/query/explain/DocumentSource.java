package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import org.jspecify.annotations.Nullable;

/** Where a scan gets its documents: it counts what it reads. */
interface DocumentSource extends AutoCloseable {
  /** Null at the end. */
  @Nullable StoredDocument next();

  @Override
  default void close() {}
}
