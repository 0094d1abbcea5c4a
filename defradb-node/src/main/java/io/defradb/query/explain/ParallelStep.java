package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several steps that add to the same row, one after the other. */
final class ParallelStep extends Step {
  private final List<Step> rows;
  private final List<VersionsStep> versions;

  /** {@code rows}: those that give the row; {@code versions}: what is read for each. */
  ParallelStep(List<Step> rows, List<VersionsStep> versions) {
    this.rows = List.copyOf(rows);
    this.versions = List.copyOf(versions);
  }

  @Override
  void begin() {
    rows.forEach(Step::begin);
  }

  @Override
  boolean advance() {
    boolean isAny = false;
    for (Step step : rows) {
      isAny |= step.next();
    }
    StoredDocument document = isAny ? document() : null;
    if (document != null) {
      versions.forEach(it -> it.readAll(document));
    }
    return isAny;
  }

  @Override
  @Nullable StoredDocument document() {
    return rows.get(0).document();
  }

  @Override
  void restrictTo(List<DocId> docIds) {
    rows.forEach(it -> it.restrictTo(docIds));
  }

  @Override
  public void close() {
    rows.forEach(Step::close);
  }

  @Override
  Value explained() {
    var nodes = new ArrayList<Value>();
    rows.forEach(it -> nodes.add(it.explained()));
    versions.forEach(it -> nodes.add(it.explained()));
    return Tree.of("parallelNode", new Value.Items(nodes));
  }
}
