package io.defradb.db.ingest;

import io.defradb.error.DefraException;

/** One operation cannot be applied, so nothing of its batch was; says which, and its code why. */
public final class IngestFailure extends DefraException {
  private static final long serialVersionUID = 1L;

  private final int operation;
  private final long offset;

  IngestFailure(int operation, long offset, DefraException cause) {
    super(cause.code(), cause.text(), cause.context(), cause.getCause());
    this.operation = operation;
    this.offset = offset;
  }

  /** Counts from 0. */
  public int operation() {
    return operation;
  }

  public long offset() {
    return offset;
  }
}
