package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives as many rows as there are commits. */
final class CommitsStep extends Step {
  private final long rows;
  private final long passedOver;
  private long given;

  /** {@code passedOver}: heads that are looked at and are not what was asked for. */
  CommitsStep(long rows, long passedOver) {
    this.rows = rows;
    this.passedOver = passedOver;
  }

  @Override
  void begin() {
    given = 0;
  }

  @Override
  boolean advance() {
    return given++ < rows;
  }

  @Override
  @Nullable StoredDocument document() {
    return null;
  }

  @Override
  void restrictTo(List<DocId> docIds) {
    throw new IllegalStateException("commits are not joined");
  }

  @Override
  Value explained() {
    return Tree.of(
        "dagScanNode",
        new Tree().with("iterations", new Value.Int(iterations() + passedOver)).done());
  }
}
