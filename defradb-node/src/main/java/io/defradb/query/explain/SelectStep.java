package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tests what only joined rows can be tested for. */
final class SelectStep extends OverStep {
  private final Predicate<StoredDocument> test;
  private final @Nullable List<String> docIds;
  private long matches;

  /** {@code test}: of documents, every commit passes; {@code docIds}: null for any. */
  SelectStep(Step source, Predicate<StoredDocument> test, @Nullable List<String> docIds) {
    super("selectNode", source);
    this.test = test;
    this.docIds = docIds;
  }

  @Override
  boolean advance() {
    while (source().next()) {
      StoredDocument document = source().document();
      if (document == null || test.test(document)) {
        matches++;
        if (docIds == null || document == null || docIds.contains(document.docId().text())) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  void askBelow() {
    source().next();
  }

  @Override
  void readAgain(long rows) {
    super.readAgain(rows);
    matches += rows;
  }

  @Override
  Tree attributes(Tree counts) {
    return counts.with("filterMatches", new Value.Int(matches));
  }
}
