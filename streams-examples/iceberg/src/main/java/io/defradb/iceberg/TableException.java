package io.defradb.iceberg;

import org.jspecify.annotations.Nullable;

/** What keeps the table from being written, said to its user in one sentence. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
