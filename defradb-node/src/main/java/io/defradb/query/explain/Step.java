package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of the plan that explanations show, run: it gives documents one after the other and
 * counts what it does. For one thread.
 */
abstract class Step implements AutoCloseable {
  private long iterations;

  /** Starts from the beginning; the counts go on. Called before the first {@link #next}. */
  abstract void begin();

  /** Goes to the next row; false at the end. */
  final boolean next() {
    iterations++;
    return advance();
  }

  abstract boolean advance();

  /** Asks what the rows are selected from for one more. */
  void askBelow() {
    next();
  }

  /** Counts as if it had been asked for so many rows once more, to the end. */
  void readAgain(long rows) {
    iterations += rows + 1;
  }

  /** The row that is stood on; null for a commit. */
  abstract @Nullable StoredDocument document();

  /** From the next {@link #begin} on only these documents. */
  abstract void restrictTo(List<DocId> docIds);

  /** An object with one member: the node's name, its counts, and what is below it. */
  abstract Value explained();

  @Override
  public void close() {}

  /** How often it was asked for a row. */
  final long iterations() {
    return iterations;
  }

  final Tree counts() {
    return new Tree().with("iterations", new Value.Int(iterations));
  }
}
