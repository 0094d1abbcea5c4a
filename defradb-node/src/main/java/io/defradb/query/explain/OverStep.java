package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step over another one, whose rows it passes on. */
abstract class OverStep extends Step {
  private final String name;
  private final Step source;

  OverStep(String name, Step source) {
    this.name = name;
    this.source = source;
  }

  final Step source() {
    return source;
  }

  @Override
  void begin() {
    source.begin();
  }

  @Override
  void askBelow() {
    source.askBelow();
  }

  @Override
  @Nullable StoredDocument document() {
    return source.document();
  }

  @Override
  void restrictTo(List<DocId> docIds) {
    source.restrictTo(docIds);
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  final Value explained() {
    return Tree.of(name, attributes(counts()).withAll(source.explained()).done());
  }

  /** More to say than {@code counts}. */
  Tree attributes(Tree counts) {
    return counts;
  }
}
