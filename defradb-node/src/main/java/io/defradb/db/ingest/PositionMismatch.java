package io.defradb.db.ingest;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** The stored position is of another cluster or topic of the same name; nothing was applied. */
public final class PositionMismatch extends DefraException {
  private static final long serialVersionUID = 1L;

  private final transient SourcePartition stored;
  private final transient SourcePartition given;

  PositionMismatch(SourcePartition stored, SourcePartition given) {
    super(
        ErrorCode.POSITION_MISMATCH,
        "position belongs to another cluster or topic",
        "Stored",
        stored,
        "Given",
        given);
    this.stored = stored;
    this.given = given;
  }

  public SourcePartition stored() {
    return stored;
  }

  public SourcePartition given() {
    return given;
  }
}
